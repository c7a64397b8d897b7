"""Repair: every kind of damage mended, plain texts left alone, abstracts that are none refused with the reason."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from concite.graph.papers import clean
from concite.graph.repair import Abstract, repair, repair_abstract, repair_tex

PIECES = st.sampled_from(
    [
        *r"\emph{ } { $ $$ \' e \tilde O \frac \\ \n \{ ` `` '' ~ -- --- - &amp; &lt; amp; &#36; <b> </sup>".split(),
        *r"<sup> < > & ; \documentclass \end{document} \( \) \[ \] 10 word envi- ronment â€™ Ã© ﬁ \$ x^2 _{".split(),
        *(" ", "\xad", "\ufffd", "\x92", "\x00", "\ud800", "e\u0301", "(cid:173)"),
    ]
)
DAMAGED = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("conventionâ€”Gene, FranÃ§ois, user\x92s \x93own\x94", "convention—Gene, François, user’s “own”"),
        ("an ofﬁcial classiﬁer, the ﬂow, diﬀerent", "an official classifier, the flow, different"),
        ("so\xadcalled multi\xad\nprototype", "socalled multi-prototype"),
        ("a document\ufffds impact, identifi\ufffdcation", "a document’s impact, identifi\ufffdcation"),
        ("  hard\n  wrapped\ttext\r\n", "hard wrapped text"),
        ("control\x01\x1b characters\x7f", "control characters"),
        ("R\\&amp;G in XML", "R&G in XML"),
        ("&lt;i&gt;escaped&lt;/i&gt; tags", "escaped tags"),
        ("<p>For <tex-math>$\\alpha &gt; 0$</tex-math></p>", "For α > 0"),
        ("Cafe\u0301 au lait", "Café au lait"),
        ("an $F_{\beta}$ score, 2$\times$ \x1bmph{more}, $\frac{1}{2}$", "an F_β score, 2× more, 1/2"),
        ("one\ttab, one\fpage and\rone return", "one tab, one page and one return"),
    ],
)
def test_damage_is_mended(text: str, repaired: str) -> None:
    assert repair(text) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We train on 8 A100-80GB GPUs; accuracy rises from 85% to 91% (p < 0.05) & more.",
        "Größe, naïve Bayes, Noël’s “new” – œuvre, 機械学習, Ärger, “É”",
        "The set {0, 1} and f(x) = x_1^2 @ 3 # 4 * 5 | 6",
        "AT&T, C++, C#, a/b, x^2, [MASK], <MASK>, GPT-4 vs. LLaMA-2",
        "user-friendly, short- and long-term, 3 - 4 = -1",
        "https://example.org/~name/a_b?c=d&e=f#g",
    ],
)
def test_plain_text_comes_through_unchanged(text: str) -> None:
    assert repair(text) == text


@given(st.text() | DAMAGED)
@example("&amp;lt;b&amp;gt;$\\emph{x$}")
@settings(max_examples=400)
def test_repairing_twice_changes_nothing_and_nothing_raises(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert clean(once) == once
    repair_tex(text)
    repair_abstract(text)


@pytest.mark.parametrize(
    "piece",
    [
        *r"&amp; \emph{ $ <sup> <b \frac{a} \ `` ~ \documentclass \tilde â€ & \cite[ $x^ \( -- \textbf{{a}".split(),
        *("(cid:173)", "{\\em ", "a- ", "<ETX ", "</tex-math><mml:math>", "\\footnote{", "\\href{a}{"),
    ],
)
def test_many_openings_without_an_end_cost_no_more_than_their_length(piece: str) -> None:
    repair(piece * (400_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "abstract"),
    [
        ("Abstract We study graphs and their learning.", "We study graphs and their learning."),
        ("ABSTRACT\n We study graphs and learning.", "We study graphs and learning."),
        ("Abstract: the method is simple and fast.", "the method is simple and fast."),
        ("Abstract—Deep networks learn fast enough.", "Deep networks learn fast enough."),
        ("<jats:title>Abstract</jats:title><jats:p>We study graphs and trees.</jats:p>", "We study graphs and trees."),
        ("Abstract Meaning Representation is a graph.", "Abstract Meaning Representation is a graph."),
        ("Abstract reasoning is hard for machines.", "Abstract reasoning is hard for machines."),
        ("本文提出一种新的机器学习方法。", "本文提出一种新的机器学习方法。"),
        ("This is a short abstract.", "This is a short abstract."),
    ],
)
def test_an_abstract_loses_only_its_heading(text: str, abstract: str) -> None:
    assert repair_abstract(text) == Abstract(abstract)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("peer reviewed", "a stock phrase"),
        ("International audience", "a stock phrase"),
        ("Abstract Unavailable", "a stock phrase"),
        ("No abstract available.", "a stock phrase"),
        ("S.1012-1019", "a page number"),
        ("S.569-574 : Abb.,Lit.", "a page number"),
        ("214–224", "a page number"),
        ("February 13-25, 1991", "a date"),
        ("./abstract", "an address"),
        ("10.1109/CVPR.2007.383032", "an identifier"),
        ("Binary file summaries/9.html matches", "a message of a program"),
        ("CVLAB", "too few words"),
        ("-", "too few words"),
        ("Ada Maria Byron", "too few words"),
    ],
)
def test_what_is_no_abstract_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert repair_abstract(text) == Abstract(None, reason)


@pytest.mark.parametrize("text", [None, "", "  ", "Abstract:"])
def test_nothing_is_no_abstract_and_needs_no_reason(text: str | None) -> None:
    assert repair_abstract(text).text is None


def test_the_bundled_sample_needs_no_repair() -> None:
    path = Path(__file__).parents[2] / "graph" / "data" / "sample.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert repair(record["title"]) == record["title"]
        if "$" not in record["abstract"] and "\\" not in record["abstract"]:
            assert repair(record["abstract"]) == record["abstract"]


@pytest.mark.shared
def test_real_abstracts_without_marks_of_damage_are_only_freed_of_blanks(shared: Path) -> None:
    texts = [title + " " + abstract for title, abstract in _annotated(shared)]
    plain = [text for text in texts if not re.search(r"[\\$&<~`\ufffd\x80-\x9f\ufb00-\ufb06]|- |--|''", text)]
    assert len(plain) > 30
    for text in random.Random(7).sample(plain, 30):
        assert repair(text) == clean(text)


def _annotated(shared: Path) -> list[tuple[str, str]]:
    lines = (shared / "gold" / "seed_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [(record["title"], record["abstract"]) for record in map(json.loads, lines)]
