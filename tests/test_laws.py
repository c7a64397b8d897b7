"""Laws that hold for every input, tried on generated ones."""

import random
import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.linking import Linker
from concite.graph.matching import Matcher
from concite.graph.papers import Paper
from concite.graph.sentences import sentences
from concite.ontology import Vocabulary, read_vocabulary
from concite.ontology.names import NormalText, normalise, normalise_text, variants

from .conftest import PAPERS, SMALL, small_graph

VOCABULARY = read_vocabulary(SMALL)
MATCHER = Matcher(VOCABULARY.lexicon)
LINKER = Linker(VOCABULARY)

NAMES = sorted({name for concept in VOCABULARY for name, _ in concept.names() if not concept.grouping})
GLUE = st.sampled_from(
    [" ", "  ", "-", "\u2010", "\u00ad", "\n", ". ", ", ", " (", ") ", "/", "~", "&amp;", "&amp;lt;", "\\textit{", "} ",
     "$\\times$", "\u0301", "ﬁ", "é", "İ", "7B", "-7b-chat ", " we propose ", "s ", "✓", "𝔸", "\ufeff", "- "]
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(NAMES), GLUE, st.text(max_size=6))
TEXTS = st.lists(WORDS, max_size=14).map("".join)


@given(TEXTS)
def test_a_mention_is_the_words_it_points_to(text: str) -> None:
    paper = Paper(title=text, abstract=text)
    for mention in LINKER.link(paper).mentions:
        field = paper.title if mention.field == "title" else paper.abstract or ""
        assert field[mention.start : mention.end] == mention.text
        assert mention.text.strip()


@given(TEXTS)
def test_mentions_never_overlap(text: str) -> None:
    mentions = LINKER.link(Paper(title="T", abstract=text)).mentions
    ends = [(m.start, m.end) for m in mentions if m.field == "abstract"]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


@given(TEXTS)
def test_one_paper_gives_one_role_to_a_concept(text: str) -> None:
    roles: dict[str, set[str]] = {}
    for mention in LINKER.link(Paper(title=text, abstract=text)).mentions:
        roles.setdefault(mention.concept.id, set()).add(mention.role)
    assert all(len(found) == 1 for found in roles.values())


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not once or (once[0] != " " and once[-1] != " " and "  " not in once)


@given(TEXTS)
def test_normal_text_points_back_to_where_it_came_from(text: str) -> None:
    normal = normalise_text(text)
    for k, char in enumerate(normal.text[1:-1], start=1):
        start, end = normal.span(k, k + 1)
        assert 0 <= start < end <= len(text)
        if char.isascii() and char.isalnum() and "&" not in text:
            folded = unicodedata.normalize("NFKD", text[start:end]).lower()
            assert char in unicodedata.normalize("NFKD", folded)


@given(TEXTS)
def test_the_matcher_finds_what_a_slow_search_finds(text: str) -> None:
    normal = normalise_text(text)
    found = {(m.start, m.end, m.name) for m in MATCHER.matches(normal)}
    assert found == set(_slow_matches(normal))


def _slow_matches(normal: NormalText) -> list[tuple[int, int, str]]:
    """Every name at every place, one by one."""
    lexicon = VOCABULARY.lexicon
    found = []
    for name in {*lexicon.senses, *lexicon.blocked}:
        at = normal.text.find(f" {name} ")
        while at >= 0:
            found.append((*normal.span(at + 1, at + 1 + len(name)), str(name)))
            at = normal.text.find(f" {name} ", at + 1)
    return found


@given(st.sampled_from(NAMES))
def test_every_variant_of_a_name_stands_for_it_in_the_lexicon(name: str) -> None:
    assert all(variant for variant in variants(name))
    assert normalise(name) in VOCABULARY.lexicon.senses


@given(TEXTS)
def test_sentences_hold_all_of_a_text_but_blanks(text: str) -> None:
    kept = "".join(text[s.start : s.end] for s in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_change_the_graph(shuffle: random.Random) -> None:
    papers = list(PAPERS)
    shuffle.shuffle(papers)
    assert _tables(small_graph(VOCABULARY, tuple(papers))) == _tables(small_graph(VOCABULARY))


def _tables(graph: KnowledgeGraph) -> dict[str, list[dict[str, object]]]:
    return {name: frame.to_dicts() for name, frame in graph.frames.items()}


def test_the_small_vocabulary_has_names(small: Vocabulary) -> None:
    assert len(NAMES) > 10
    assert len(small.lexicon.senses) >= len(NAMES)
