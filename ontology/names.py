"""Names: their normal form, with offsets back into the text, and the variants they are written in."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NewType

NormalName = NewType("NormalName", str)
"""A name in normal form: lower-case words of letters and digits, single blanks between them."""


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form, padded with one blank at each end.

    Where it is shorter or longer than the original, its characters fall into runs: run *k* begins at
    `places[k]` of the text and stands for the original from `starts[k]`. A run whose `ends[k]` is 0
    goes on character by character; any other is made, as a whole, from the stretch up to `ends[k]`.
    """

    text: str
    places: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the normal characters from *start* to *end*, blanks not included."""
        if not self.places:
            return start - 1, end - 1
        first, last = bisect_right(self.places, start) - 1, bisect_right(self.places, end - 1) - 1
        begins, ends = self.starts[first], self.ends[last]
        return (
            begins if self.ends[first] else begins + start - self.places[first],
            ends or self.starts[last] + end - self.places[last],
        )


_PLAIN = str.maketrans({chr(c): (chr(c).lower() if chr(c).isalnum() or chr(c) in "+#" else " ") for c in range(128)})
_HARD = ("&", "\\", "{", "}", "$", "\n", "\r", "\t", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "  ", "- ")
"""What may vanish, grow or merge, or stand beside what does."""
_SIGNED = re.compile(r"(?<![^\W_])(?<![+#])[+#]+|[+#]+(?=[^\W_])")
_SPECIAL = re.compile(
    r"(?P<entity>&(?:amp;)*(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<command>\\[A-Za-z]+\*?)"
    r"|(?P<break>(?<=[a-z])-\s+(?=[a-z])(?!(?:and|or|to|nor|und|et|as|versus|vs|but)\b))"
    r"|(?P<blanks>\s{2,})"
    r"|(?P<dropped>[{}$]+)"
    r"|(?P<character>[^\x00-\x7f])"
)
_DROPPED = frozenset("{}$\u00ad\u200b\u200c\u200d\u2060\ufeff®™℠")
"""Characters that stand inside words, or right behind them, without parting them."""


@lru_cache(2**16)
def normalise(name: str) -> NormalName:
    """The normal form of a name; idempotent."""
    found = name
    while (again := " ".join(normalise_text(found).text.split())) != found:
        found = again
        if _SETTLED.fullmatch(found):
            break  # Otherwise what parted signs from letters may be gone now, and changes what they mean.
    return NormalName(found)


def normalise_text(text: str) -> NormalText:
    """The normal form of a text for matching, with offsets back into it."""
    if not text.isascii() or any(sign in text for sign in _HARD):
        return _normalise_hard(text)
    return NormalText(f" {_without_signs(text).translate(_PLAIN)} ")


def _without_signs(text: str) -> str:
    """A text with blanks for the signs + and # that end no word, as they do in `C++`."""
    if "+" in text or "#" in text:
        return _SIGNED.sub(lambda m: " " * len(m[0]), text)
    return text


def _normalise_hard(text: str) -> NormalText:
    """Normalise a text in which some characters vanish, grow or merge."""
    signed = _without_signs(text)
    runs = _Runs()
    at = 0
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if at < start:
            runs.add(signed[at:start].translate(_PLAIN), at)
        if match.lastgroup == "character" and unicodedata.category(match[0]) == "Mn":
            runs.stretch(start, end)
        elif piece := _decoded(match):
            runs.add("".join(map(_normal_character, piece)), start, end)
        at = end
    if at < len(text):
        runs.add(signed[at:].translate(_PLAIN), at)
    return runs.text()


class _Runs:
    """The runs of a normal text in the making."""

    def __init__(self) -> None:
        self._pieces = [" "]
        self._length = 1
        self._runs: list[tuple[int, int, int]] = []

    def add(self, piece: str, start: int, end: int = 0) -> None:
        """Add what the original from *start* became: character by character, or as a whole up to *end*."""
        if piece:
            self._runs.append((self._length, start, end))
            self._pieces.append(piece)
            self._length += len(piece)

    def stretch(self, start: int, end: int) -> None:
        """Let what ends where combining marks begin hold them, so that no letter is cut from its accent."""
        if not self._runs:
            return
        place, begins, ends = self._runs[-1]
        last = self._length - 1
        if ends == start:
            self._runs[-1] = (place, begins, end)
        elif not ends and begins + self._length - place == start:
            if place == last:
                self._runs.pop()
            self._runs.append((last, start - 1, end))

    def text(self) -> NormalText:
        """The whole; a text without any character has no runs."""
        places, starts, ends = zip(*self._runs, strict=True) if self._runs else ((), (), ())
        return NormalText(f"{''.join(self._pieces)} ", places, starts, ends)


def _decoded(match: re.Match[str]) -> str:
    """What a special stretch stands for: characters, a blank, or nothing for a hyphen at a line's end."""
    kind = match.lastgroup
    if kind == "character":
        return match[0]
    if kind == "entity":
        known = html.unescape(re.sub(r"&(?:amp;)+", "&", match[0]))
        return " " if "&" in known else known
    return "" if kind in ("break", "dropped") else " "


@cache
def _normal_character(char: str) -> str:
    if char in _DROPPED or unicodedata.category(char) == "Mn":
        return ""
    plain = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in plain if unicodedata.category(c) != "Mn").lower()
    kept = "".join(c for c in unicodedata.normalize("NFKD", kept) if unicodedata.category(c) != "Mn")
    return "".join(c if c.isalnum() or c in "+#" else " " for c in kept)


@cache
def english_words() -> frozenset[str]:
    """The ordinary English words of `data/words.txt`, lower-case; proper names not among them."""
    lines = files("concite.ontology").joinpath("data/words.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word in lines if word.islower())


_BRITISH = (
    (re.compile(r"(?<=\w\w\w)iz(e|es|ed|er|ers|ing|ation|ations)\b"), r"is\1"),
    (re.compile(r"(?<=\w\w\w)is(ation|ations)\b"), r"iz\1"),
    (re.compile(r"(mod|lab|sign|trav|cance)el(ing|ed|er)\b"), r"\1ell\2"),
    (re.compile(r"(mod|lab|sign|trav|cance)ell(ing|ed|er)\b"), r"\1el\2"),
    (re.compile(r"\b(behavi|col|neighb|fav|lab)or(s|al|hood|hoods|ing)?\b"), r"\1our\2"),
    (re.compile(r"\b(behavi|col|neighb|fav|lab)our(s|al|hood|hoods|ing)?\b"), r"\1or\2"),
    (re.compile(r"\bcenter"), "centre"),
    (re.compile(r"\banalyz"), "analys"),
    (re.compile(r"\banalys(?=e|ing)"), "analyz"),
)
_PREFIXES = re.compile(
    r"\b(pre|post|multi|cross|non|semi|auto|hyper|micro|sub|meta|inter|intra|fine|self|over|text|down|up)"
    r"(?=[a-z]{4})"
)
_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ"}
_GREEK_WORD = re.compile(rf"\b(?:{'|'.join(_GREEK)})\b", re.IGNORECASE)
_MAYBE_BRITISH = re.compile(r"i[zs]|ell?(?:ing|ed|er)|ou?r|center|analy")
_SETTLED = re.compile(r"[a-z0-9 ]*")
_DIGIT = re.compile(r"\d")
_CAPITALS = re.compile(r"[A-Z]{2}")
_LAST_WORD = re.compile(r"[^\s/-]*$")
_LETTERS_DIGITS = re.compile(r"(?<=[A-Za-z]{2})(?=\d)")
_DIGIT_SEPARATOR = re.compile(r"(?<=[A-Za-z])[\s-](?=\d)")
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9])-(?=[A-Za-z])")
_NO_PLURAL = re.compile(
    r"(?:(?<!embedd)(?<!encod)(?<!mapp)(?<!rank)(?<!sett)(?<!rat)ing|ness|ity|ics|ism|[^a-z]s|ss|us|is|[0-9+#.])$"
)
_VARIANTS_AT_MOST = 24


def variants(name: str) -> tuple[str, ...]:
    """The ways a name is written, itself first: joined, split, plural, British, Greek.

    Hyphens, blanks and slashes between words need no variants: they have one normal form.
    """
    found = dict.fromkeys([name])
    for step in (_joined, _split, _british, _greek, _at_k, _plurals, _singulars):
        for known in list(found):
            found.update(dict.fromkeys(islice(step(known), _VARIANTS_AT_MOST)))
    return tuple(found)


def _joined(name: str) -> Iterator[str]:
    if _DIGIT.search(name):
        yield _DIGIT_SEPARATOR.sub("", name)
        yield _DIGIT_SEPARATOR.sub("", name, count=1)
    if "-" in name:
        if not _CAPITALS.search(name):
            yield _HYPHEN.sub("", name, count=1)
        if name.count("-") == 1 and " " not in name:
            yield name.replace("-", "")


def _split(name: str) -> Iterator[str]:
    if _DIGIT.search(name):
        yield _LETTERS_DIGITS.sub(" ", name, count=1)
    yield _PREFIXES.sub(r"\1 ", name, count=1)


def _british(name: str) -> Iterator[str]:
    if _MAYBE_BRITISH.search(name):
        for pattern, other in _BRITISH:
            if pattern.search(name):
                yield pattern.sub(other, name)


def _greek(name: str) -> Iterator[str]:
    if _GREEK_WORD.search(name):
        yield _GREEK_WORD.sub(lambda match: _GREEK[match[0].lower()], name)


def _at_k(name: str) -> Iterator[str]:
    if "@" in name and re.search(r"@[kKN]\b", name):
        yield from (re.sub(r"@[kKN]\b", f"@{k}", name) for k in (1, 3, 5, 10, 20, 50, 100))


def _plurals(name: str) -> Iterator[str]:
    head, of, rest = name.partition(" of ")
    if of and (plural := _plural(head)):
        yield f"{plural}{of}{rest}"
    elif plural := _plural(name):
        yield plural


def _singulars(name: str) -> Iterator[str]:
    if name.endswith("s") and name[-4:-1].islower() and name[-4:-1].isalpha() and name[-2] not in "sui":
        yield f"{name[:-3]}y" if name.endswith("ies") else name[:-1]


def _plural(name: str) -> str | None:
    """The regular plural of a name's last word, or None where it has none."""
    last = _LAST_WORD.search(name)[0]  # type: ignore[index]  # matches every name, if only its empty end
    if len(last) < 2 or _NO_PLURAL.search(last):
        return None
    if last.islower() and re.search(r"(?:[sxz]|ch|sh)$", last):
        return f"{name}es"
    if last.islower() and re.search(r"[^aeiou]y$", last):
        return f"{name[:-1]}ies"
    return f"{name}s"
