"""TeX in running text: accents, simple macros and mathematics that plain letters can say.

No parser of TeX, for most texts that hold a macro are none: a `%` is no comment and a `$` may be
money. Each step replaces what it is sure of and leaves the rest; `graph.repair` runs the steps
until nothing changes, which is how nested macros are undone from the inside out.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

MATH_LENGTH = 600
"""Characters between two dollar signs that may still be one formula."""

_COMBINING = dict(zip("`'^\"~=.Hcdkruvb", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u030b\u0327\u0323\u0328\u030a"
                      "\u0306\u030c\u0331", strict=True))  # fmt: skip
_OVER = {
    "acute": "\u0301", "bar": "\u0304", "breve": "\u0306", "check": "\u030c", "ddot": "\u0308", "dot": "\u0307",
    "grave": "\u0300", "hat": "\u0302", "mathring": "\u030a", "overline": "\u0304", "tilde": "\u0303",
    "Tilde": "\u0303", "Hat": "\u0302", "vec": "\u20d7", "widehat": "\u0302", "widetilde": "\u0303",
}  # fmt: skip
_WRAPPERS = (
    "emph|text(?:bf|it|tt|sc|sf|sl|rm|up|md|normal)?|math(?:bf|it|tt|sf|rm|cal|bb|frak|scr|ds|normal|op)|mbox|hbox|"
    "boldsymbol|bm|pmb|operatorname\\*?|ensuremath|underline|url|nolinkurl|uppercase|lowercase|smash|bbb?|cal|"
    "rm|bf|tt|textproc|mc|wt"
)
_DROPPED = frozenset(
    "em bf it rm tt sc sl sf small large displaystyle textstyle scriptstyle left right big Big bigg Bigg bigl bigr "
    "Bigl Bigr biggl biggr Biggl Biggr limits nolimits noindent newline par xspace protect relax nonumber item "
    "centering tiny footnotesize normalsize".split()
)
_OWN = {
    "%": "%", "/": "", "-": "", "~": " ", ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "|": "‖", "@": "",
    "*": "", "argmax": "arg max", "argmin": "arg min", "poly": "poly", "star": "⋆", "lbrace": "{", "rbrace": "}",
    "epsilon": "ε", "phi": "φ", "quad": " ", "qquad": " ", "lVert": "‖", "rVert": "‖", "colon": ":",
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "eps": "ε", "R": "ℝ", "reals": "ℝ", "RR": "ℝ", "polylog": "polylog",
    "Pr": "Pr", "arg": "arg", "det": "det", "dim": "dim", "rank": "rank", "Tr": "Tr", "lg": "lg", "land": "∧",
}  # fmt: skip
_REFUSED = frozenset("today ref autoref cref Cref eqref cite citet citep backslash textbackslash hspace vspace".split())


@cache
def _symbols() -> Mapping[str, str]:
    """The characters that macros without arguments stand for, by the macros' names."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    known = {spec.macroname: spec.simplify_repl for spec in specs if isinstance(spec.simplify_repl, str)}
    plain = {name: text for name, text in known.items() if "%" not in text and "\n" not in text}
    return {**{name: text for name, text in plain.items() if name not in _REFUSED}, **_OWN}


def untex(text: str) -> str:
    """A text with its innermost macros, accents and plain formulas written out, one level of them."""
    if "\\" in text:
        text = _without_preambles(text)
        for pattern, replacement in _STEPS:
            text = pattern.sub(replacement, text)
    if "$" in text or "\\" in text:
        text = _MATH.sub(_formula, text)
    return _punctuated(text)


_CITATION = re.compile(r"[\s~]*\\cite[a-z]*\*?(?:\[[^][{}]*\])*\{[^{}]*\}")
_ACCENT = re.compile(r"""\\(['`^"~=.])(?:\{\s*(\\[ij]|[a-zA-Z])\s*\}|\s?(\\[ij](?![a-zA-Z])|[a-zA-Z]))""")
_LETTER_ACCENT = re.compile(
    r"\\([Hcdkruvb])(?:\{\s*(\\[ij]|[a-zA-Z])\s*\}|\s+(\\[ij](?![a-zA-Z])|[a-zA-Z])(?![a-zA-Z]))"
)
_OVER_LETTER = re.compile(rf"\\({'|'.join(_OVER)})(?:\s*\{{\s*(\w)\s*\}}|\s+([^\W_])(?![^\W_]))")
_ARGUMENT = r"\s*\{((?:[^{}$]|\{[^{}$]*\})*)\}"
"""What a macro wraps, with at most one pair of braces in it."""
_WRAPPER = re.compile(
    rf"(\\[a-zA-Z]+)?\\(?:{_WRAPPERS})"
    r"(?:\s*\{((?:[^{}\\]|\\.)*)\}|(?:(?<=math[a-z]{2})|(?<=math[a-z]{3})|(?<=math[a-z]{4}))\s+([a-zA-Z])(?![a-zA-Z]))"
)
_DECLARATION = re.compile(r"\{\\(?:em|bf|it|rm|tt|sc|sl|sf|cal)(?![a-zA-Z])\s*([^{}]*)\}")
_LINK = re.compile(rf"\\href\s*\{{([^{{}}]*)\}}{_ARGUMENT}")
_COLOUR = re.compile(rf"\\textcolor\s*\{{[^{{}}]*\}}{_ARGUMENT}")
_FOOTNOTE = re.compile(rf"\s*\\footnote{_ARGUMENT}")
_ENVIRONMENT = re.compile(r"\\(?:begin|end|color)\s*\{[^{}]*\}")
_FRACTION = re.compile(rf"\\(?:[dt]?|nice)frac{_ARGUMENT}{_ARGUMENT}")
_ROOT = re.compile(rf"\\sqrt{_ARGUMENT}")
_DOUBLED = re.compile(r"\\\\(?=[a-zA-Z]{2}|[|{}%&$])")
_MACRO = re.compile(
    r"\\([a-zA-Z]+|[%/,;:!~|@*&#_ -])(\s*\{\}|(?:(?<=\\ss|\\ae|\\oe|\\aa)|(?<=\\[oOlLij]))\s+(?=[a-z])|)"
)
_LINE_BREAK = re.compile(r"\\\\(?![a-zA-Z])")
_MATH = re.compile(
    rf"\$\$([^$]{{1,{MATH_LENGTH}}})\$\$|\$([^$]{{1,{MATH_LENGTH}}})\$|\\\(([^$\\]*)\\\)|\\\[([^$\\]*)\\\]|\\([{{}}$])"
)


def _without_preambles(text: str) -> str:
    """A text without the whole documents that a publisher sets beside every formula's plain form."""
    first, *others = text.split("\\documentclass")
    return first + "".join(map(_after_document, others))


def _after_document(text: str) -> str:
    _, end, rest = text.partition("\\end{document}")
    return rest if end else f"\\documentclass{text}"


def _accented(match: re.Match[str]) -> str:
    """A letter with its accent, or the match as it is where the mark is an escaped quotation mark."""
    accent, letter = match[1], (match[2] or match[3]).lstrip("\\")
    if not match[2] and _is_quotation(match, accent, letter):
        return match[0][1:]
    composed = unicodedata.normalize("NFC", letter + _COMBINING[accent])
    return composed if len(composed) == 1 else match[0]


def _is_quotation(match: re.Match[str], accent: str, letter: str) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if accent == "'":
        return letter in "stdm" and not after.isalpha()
    opening = not before.isalnum() and before not in ("{", "}") and letter.islower()
    return accent == '"' and (opening or letter not in "aeiouyAEIOUY")


def _overlined(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match[2] or match[3]) + _OVER[match[1]])


def _unwrapped(match: re.Match[str]) -> str:
    """What a macro wraps; apart from a macro before it, whose name would swallow its letters."""
    content = match[2] if match[2] is not None else match[3]
    return f"{match[1]} {content}" if match[1] else content


def _grouped(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r"[\w.]*|\(.*\)", text) else f"({text})"


def _symbol(match: re.Match[str]) -> str:
    """The character of a macro; a word, such as `log`, keeps apart from what stands before it."""
    name, end = match[1], match[2]
    if name in _DROPPED:
        return ""
    if name in "&#_":
        return name
    symbol = _symbols().get(name)
    if symbol is None:
        broken_line = name[0] == "n" and len(name) > 1 and name not in _LONG_N and name[1:] not in _symbols()
        return f" {name[1:]}{end}" if broken_line and not end else match[0]
    before = match.string[match.start() - 1 : match.start()]
    return f" {symbol}" if symbol.isascii() and symbol.isalpha() and _ends(before) else symbol


def _ends(before: str) -> bool:
    return before.isalnum() or before in (")", "}")


_LONG_N = frozenset("norm newcommand newenvironment nicefrac num not".split())


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_CITATION, ""),
    (_ACCENT, _accented),
    (_LETTER_ACCENT, _accented),
    (_OVER_LETTER, _overlined),
    (_WRAPPER, _unwrapped),
    (_DECLARATION, r"\1"),
    (_COLOUR, r"\1"),
    (_LINK, r"\2 (\1)"),
    (_FOOTNOTE, r" (\1)"),
    (_ENVIRONMENT, " "),
    (_FRACTION, lambda match: f"{_grouped(match[1])}/{_grouped(match[2])}"),
    (_ROOT, lambda match: f"√{_grouped(match[1])}"),
    (_DOUBLED, r"\\"),
    (_LINE_BREAK, " "),
    (_MACRO, _symbol),
)
"""What is replaced by what where a text has a backslash, in this order."""


def _formula(match: re.Match[str]) -> str:
    """A formula without its marks where no macro is left in it; any other match as it is."""
    if match[5]:
        return match[5]
    content = next(part for part in match.groups() if part is not None)
    if match[2] is not None and not _is_formula(match):
        return match[0]
    if re.search(r"\\[^{}]", content):
        return match[0]
    content = _GROUP.sub(r"\1", _ONE.sub(r"\1\2", content))
    return content.replace("\\{", "{").replace("\\}", "}").strip()


_ONE = re.compile(r"([\^_])\{(\w)\}")
_GROUP = re.compile(r"(?<![\\^_\w}])\{([^{}\\]*)\}")


def _is_formula(match: re.Match[str]) -> bool:
    """Whether two dollar signs hold a formula, not two sums of money."""
    content, after = match[2], match.string[match.end() : match.end() + 1]
    tight = not content[0].isspace() and not content[-1].isspace()
    is_marked = not _MATHEMATICAL.isdisjoint(content)
    return (tight or is_marked) and not after.isdigit() and (is_marked or not _MONEY.match(content))


_MONEY = re.compile(r"[\d.,]+\s*(?:[kKMB]\b|(?:and|or|to|per)\b|[a-z]{4,})")
_MATHEMATICAL = frozenset("\\^_{}=")


def _punctuated(text: str) -> str:
    """A text with its dashes, quotation marks and ties as one writes them outside TeX."""
    if "--" in text:
        text = _DASH.sub(lambda m: "—" if m[0] == "---" else "–", text)
    if "``" in text or " ''" in text:
        text = _OPENING.sub("“", text).replace("''", "”")
    return _TIE.sub(" ", text) if "~" in text else text


_DASH = re.compile(r"(?:(?<=[^\s-])|(?<=[^\s-] )(?=-+ ))---?(?!-)")
_OPENING = re.compile(r"``|(?<![^\s(\[])''(?=\w)")
_TIE = re.compile(r"(?<=[A-Za-z)\]},.;:”])~+(?=[\w(\[$“])")


def ungroup(text: str) -> str:
    """A BibTeX value without the braces that only keep capitals; those of macros and formulas stay."""
    if "{" not in text and "}" not in text:
        return text
    pieces: list[str] = []
    kept: list[bool] = []
    for token in _TOKEN.findall(text):
        if token == "}":
            pieces.append(_closing(kept, pieces))
        elif token.endswith("{") and not token.startswith("\\{"):
            kept.append(len(token) > 1)
            pieces.append(token if len(token) > 1 else "")
        else:
            pieces.append(token)
    return "".join(pieces)


_TOKEN = re.compile(
    r"\$[^$]*\$|\\[a-zA-Z]+\s*\{|\\[^a-zA-Z{}\s]\{|\\[a-zA-Z]+|\\.|[\^_]\{|[{}]|[^\\{}$^_]+|.", re.DOTALL
)


def _closing(kept: list[bool], pieces: list[str]) -> str:
    """What a closing brace leaves: itself, nothing, or `{}` where a macro's name must end."""
    if kept and kept.pop():
        return "}"
    last = next((piece for piece in reversed(pieces) if piece), "")
    return "{}" if re.fullmatch(r"\\[a-zA-Z]+", last) else ""
