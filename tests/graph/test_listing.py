"""Pasted listings, as people paste them."""

from pathlib import Path

import pytest

from concite.graph.papers import Paper, Skipped
from concite.graph.readers import Input, read_papers

ABSTRACT = (
    "Training large models is expensive. We propose a method that halves the cost, and show on three tasks that it "
    "loses nothing. Code is available."
)


def read(text: str) -> tuple[list[Paper], list[Skipped]]:
    items = list(read_papers(Input("listing.txt", content=text.encode())))
    return [i for i in items if isinstance(i, Paper)], [i for i in items if isinstance(i, Skipped)]


def titles(text: str) -> list[str]:
    return [paper.title for paper in read(text)[0]]


def test_a_title_and_an_abstract_make_a_paper() -> None:
    papers, skipped = read(f"Halving the Cost of Training\n\n{ABSTRACT}\n")
    assert [(p.title, p.abstract, p.position) for p in papers] == [("Halving the Cost of Training", ABSTRACT, "1")]
    assert skipped == []


def test_the_page_around_the_papers_is_skipped_with_line_and_reason() -> None:
    papers, skipped = read(f"new\n\nSubscribe\n\nLog in\n\nMar 13\n\nHalving the Cost\n\n{ABSTRACT}\n\nRead more\n")
    assert [p.title for p in papers] == ["Halving the Cost"]
    assert [(s.position, s.text) for s in skipped] == [
        ("1", "new"), ("3", "Subscribe"), ("5", "Log in"), ("7", "Mar 13"), ("13", "Read more"),
    ]  # fmt: skip
    assert all(s.reason for s in skipped)


def test_short_abstracts_and_long_titles_are_told_apart_by_more_than_length() -> None:
    long_title = (
        "Toward a Unified Theory of Gradient Noise, Curvature, Batch Size, Learning Rate Warm-Up and Weight Decay in "
        "Very Deep Residual Networks: An Empirical Study Across Forty Vision and Language Benchmarks with Open "
        "Hyperparameters and Public Training Logs"
    )
    papers, _ = read(
        f"{long_title}\n\nWe study noise in gradients.\n\nTiny Abstracts\n\nWe show that size is no guide.\n"
    )
    assert [(p.title, p.abstract) for p in papers] == [
        (long_title, "We study noise in gradients."),
        ("Tiny Abstracts", "We show that size is no guide."),
    ]


def test_a_title_that_is_a_sentence_is_a_title_before_an_abstract() -> None:
    assert titles(f"Attention is all you need\n\n{ABSTRACT}\n\nWhat do we learn from probes?\n\n{ABSTRACT}\n") == [
        "Attention is all you need",
        "What do we learn from probes?",
    ]


def test_an_abstract_of_several_paragraphs_stays_one() -> None:
    second = "We further analyse why the method works, and find that most updates are redundant in practice."
    papers, _ = read(f"Halving the Cost\n\n{ABSTRACT}\n\n{second}\n\nAnother Title of a Paper\n\n{ABSTRACT}\n")
    assert [p.abstract for p in papers] == [f"{ABSTRACT} {second}", ABSTRACT]


def test_a_paper_without_an_abstract_is_kept() -> None:
    papers, _ = read(f"A Paper without Any Abstract: Only a Title\n\nHalving the Cost\n\n{ABSTRACT}\n")
    assert [(p.title, bool(p.abstract)) for p in papers] == [
        ("A Paper without Any Abstract: Only a Title", False),
        ("Halving the Cost", True),
    ]


def test_authors_dates_votes_and_submitters_become_metadata() -> None:
    text = (
        "Submitted by grace\n\nHalving the Cost of Training\n\nGrace Hopper, Edsger Dijkstra, Barbara Liskov\n\n"
        f"Published on Mar 13, 2024\n\n▲ 45\n\n{ABSTRACT}\n"
    )
    (paper,), skipped = read(text)
    assert paper.title == "Halving the Cost of Training"
    assert paper.authors == ("Grace Hopper", "Edsger Dijkstra", "Barbara Liskov")
    assert (paper.date, paper.year) == ("Published on Mar 13, 2024", 2024)
    assert dict(paper.metadata) == {"submitter": "grace", "votes": "▲ 45"}
    assert skipped == []


def test_links_give_identifiers() -> None:
    (paper,), _ = read(f"Halving the Cost\n\nhttps://arxiv.org/abs/2401.01234v2\n\n{ABSTRACT}\n")
    assert paper.identifiers == ("arxiv:2401.01234",)


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = "Training large models is expensive. We propose a method\nthat halves the cost, and show that it\nworks."
    (paper,), _ = read(f"Halving the Cost of\nTraining Large Models\n\n{wrapped}\n")
    assert paper.title == "Halving the Cost of Training Large Models"
    assert paper.abstract == wrapped.replace("\n", " ")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_ends_blanks_and_marks_leave_no_trace(ending: str) -> None:
    text = ending.join(["\ufeffHalving\u00a0the  Cost", "", f"\u200b{ABSTRACT} ", ""])
    (paper,), _ = read(text)
    assert (paper.title, paper.abstract) == ("Halving the Cost", ABSTRACT)


def test_read_more_and_a_leading_abstract_are_cut_off() -> None:
    (paper,), _ = read(f"Halving the Cost\n\nAbstract: {ABSTRACT} Read more\n")
    assert paper.abstract == ABSTRACT


def test_papers_without_blank_lines_between_are_parted() -> None:
    text = f"Halving the Cost of Training\n{ABSTRACT}\nDoubling the Speed of Inference\n{ABSTRACT}\n"
    assert titles(text) == ["Halving the Cost of Training", "Doubling the Speed of Inference"]


def test_a_menu_of_single_words_makes_no_papers() -> None:
    papers, skipped = read(f"Models\n\nDatasets\n\nSpaces\n\nGalleries\n\nHalving the Cost\n\n{ABSTRACT}\n")
    assert [p.title for p in papers] == ["Halving the Cost"]
    assert [s.text for s in skipped] == ["Models", "Datasets", "Spaces", "Galleries"]


def test_a_one_word_title_with_an_abstract_is_a_paper() -> None:
    assert titles(f"Longformer\n\n{ABSTRACT}\n") == ["Longformer"]


def test_the_real_listing_gives_its_151_papers_and_nothing_of_its_header(listing: Path) -> None:
    items = list(read_papers(Input.from_argument(str(listing))))
    papers = [i for i in items if isinstance(i, Paper)]
    skipped = [i for i in items if isinstance(i, Skipped)]
    assert len(papers) == 151
    assert all(paper.abstract for paper in papers)
    assert [s.text for s in skipped] == [
        "new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community", "Mar 13",
    ]  # fmt: skip
    header = ("Subscribe", "inbox", "research community", "Mar 13")
    assert not any(words in paper.title for paper in papers for words in header)
