"""Markup in running text: entities and known tags go, angle brackets that people mean stay."""

import pytest

from concite.graph.markup import unescape, untag


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;amp;quot;x&amp;quot; and &amp;amp;lsquo;y", '"x" and ‘y'),
        ("&#8212; &#x2014; &eacute; &nbsp;|", "— — é  |"),
        ("&#64257;eld &bogus; AT&T; R&D &lt", "&#64257;eld &bogus; AT&T; R&D &lt".replace("&#64257;", "ﬁ")),
        ("&#0; &#x110000;", "\ufffd \ufffd"),
    ],
)
def test_entities_become_characters_however_often_they_were_escaped(text: str, written: str) -> None:
    assert unescape(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('<emph type="ital">E. coli</emph> and <jats:italic>in vivo</jats:italic>', "E. coli and in vivo"),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>", " Abstract  One.  Two. "),
        ("first<br/>second<BR>third", "first second third"),
        ("CO<sub>2</sub>, L<sub>1</sub>-norm", "CO2, L1-norm"),
        ("10<sup>6</sup>, the 4<sup>th</sup>, Name<sup>®</sup>, Ca<sup>2+</sup>", "10^6, the 4th, Name®, Ca2+"),
        ("<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "x=1"),
        ("<tex-math>$$x$$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math>, y", "$$x$$, y"),
        ("<tex-math>x</tex-math> and <mml:math><mml:mi>y</mml:mi></mml:math>", "x and y"),
        ('<a href="https://a.b">link</a>, <span class="x">y</span>', "link, y"),
        ('The end.<<ETX xmlns:mml="http://a.b">&gt;</ETX>', "The end."),
        ("The end.<<ETX>>", "The end."),
        ("<!-- a comment --><![CDATA[x]]>", "x"),
    ],
)
def test_known_tags_go_and_part_words_where_they_part_lines(text: str, written: str) -> None:
    assert untag(text) == written


@pytest.mark.parametrize(
    "text", ["<MASK> and <EOS>", "How <SEG> Token Works", "a <b and c> d < e", "f <3 g", "<s> x", "<"]
)
def test_angle_brackets_that_are_no_tags_stay(text: str) -> None:
    assert untag(text) == text
