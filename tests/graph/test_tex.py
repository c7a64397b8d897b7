"""TeX in running text: accents, macros and formulas written out, money and unknown macros left alone."""

import pytest

from concite.graph.repair import repair, repair_tex
from concite.graph.tex import ungroup, untex


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"Poincar\'e and B\'{e}zier, \"Ozg\"ur, \'Alvarez", "Poincaré and Bézier, Özgür, Álvarez"),
        (r"\v{S}a\v{s}o, Gan\c{c}arski, Erd\H{o}s, \r{A}ngstr\"om", "Šašo, Gançarski, Erdős, Ångström"),
        (r"Stra\ss e, Stra\ss{}e, S\o ren, \L{}\'od\'z, \i", "Straße, Straße, Søren, Łódź, ı"),
        (r"the model\'s and don\'t", "the model's and don't"),
        (r"called \"a model\" here", 'called "a model" here'),
    ],
)
def test_accents_join_their_letters_and_escaped_quotation_marks_do_not(text: str, written: str) -> None:
    assert repair(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\emph{first} \textsc{Second} {\em third} \url{https://a.b/c}", "first Second third https://a.b/c"),
        (r"\textbf{a \emph{nested} one}", "a nested one"),
        (r"as in \citet{ada2020}, and shown~\cite[p.~3]{ada2020,bob}.", "as in, and shown."),
        (r"a line\footnote{with a note} here", "a line (with a note) here"),
        (r"at \href{https://a.b}{our page}", "at our page (https://a.b)"),
        (r"\textcolor{red}{warm} colours", "warm colours"),
        (r"85\% of R\&D costs 5\$ in a\_b", "85% of R&D costs 5$ in a_b"),
        (r"one object\nwill be", "one object will be"),
        (r"uses \proj and {\vlm}s", r"uses \proj and {\vlm}s"),
    ],
)
def test_simple_macros_give_their_text_and_unknown_ones_stay(text: str, written: str) -> None:
    assert repair(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("in $O(n^2)$ steps", "in O(n^2) steps"),
        (r"$\tilde{\mathcal{O}}(n^{3/2}\log n)$", "Õ(n^{3/2} log n)"),
        (r"$10\times$ faster, $384 \times 384$", "10× faster, 384 × 384"),
        (r"$\{0,1\}^n$ and ${W^\star}$ in $\mathbb{R}^{d}$", "{0,1}^n and W^⋆ in R^d"),
        (r"$\frac{1}{2}$, $\frac{a+b}{c_{1}}$, $\sqrt{NT}$, $\sqrt{a+b}$", "1/2, (a+b)/(c_1), √NT, √(a+b)"),
        (r"$\textbf{NameNet}$, $k$-means, \(\ell_1\)", "NameNet, k-means, ℓ_1"),
        ("$$ x^2 $$", "x^2"),
        (r"$\unknown{x}$ and $y$", r"$\unknown{x}$ and y"),
    ],
)
def test_formulas_are_written_as_plain_as_they_can_be(text: str, written: str) -> None:
    assert repair(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "from $5 and $10 on",
        "between $5 million and 10$ each",
        "$20 to 30$",
        "costs $5M to $7M",
        "$100/$200",
        "about ~10K or 10~20 people",
        "run it with --flag or -x",
    ],
)
def test_money_estimates_and_options_are_no_tex(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("``so called'' and ''such''", "“so called” and “such”"),
        ("one -- two---three, 1--10", "one – two—three, 1–10"),
        ("processing~(NLP), Section~3, Llama~2", "processing (NLP), Section 3, Llama 2"),
        ("x''(t) = 0", "x''(t) = 0"),
    ],
)
def test_punctuation_of_tex_becomes_that_of_text(text: str, written: str) -> None:
    assert repair(text) == written


def test_a_document_that_repeats_a_formula_is_left_out() -> None:
    document = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$\gamma $$\end{document}"
    assert repair(f"a bound γ{document} on it γ{document}.") == "a bound γ on it γ."
    assert repair(r"a \documentclass{article} without an end") == r"a \documentclass{article} without an end"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("{BERT}: {P}re-training of {D}eep {{Transformers}}", "BERT: Pre-training of Deep Transformers"),
        ("Mc{D}onald and i{OS}", "McDonald and iOS"),
        (r"Stra{\ss}e, Mo{\"e}l, {\'E}cole, {\O}rsted", "Straße, Moël, École, Ørsted"),
        (r"{\em Emphatic} {GANs} for $x_{12}^{2}$", "Emphatic GANs for x_{12}^2"),
        (r"{\textbf{Bold}} and \emph{{N}ested}", "Bold and Nested"),
        ("unbalanced } and {", "unbalanced and"),
    ],
)
def test_braces_that_keep_capitals_go_and_those_of_formulas_stay(value: str, written: str) -> None:
    assert repair_tex(value) == written


def test_a_text_without_tex_is_the_same_object() -> None:
    text = "Plain words, 50% of them (see Table 2)."
    assert untex(text) is text
    assert ungroup(text) is text
