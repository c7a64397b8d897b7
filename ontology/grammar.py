"""The grammar of names: sizes, versions, tunings and revisions that follow a known model or chip."""

import re
from dataclasses import dataclass

from .classes import ConceptClass

_SIZE = (
    r"(?:(?P<experts>\d{1,3})[x×])?(?P<number>\d{1,4}(?:\.\d{1,3})?)(?P<gap>[ -]?)(?P<unit>[BMTK]|[bm](?![a-z])|"
    r"(?:billion|million|trillion)\b)(?:-?A(?P<active>\d+(?:\.\d+)?)[Bb])?"
)
_SIZED = re.compile(rf"(?P<join>[\s_-]|-\s|/|\s?\()?{_SIZE}(?![\w%])")
_ENDS_SIZED = re.compile(r"\d[BM]$")
_TUNING = re.compile(
    r"(?P<join>[-_/ ])(?P<word>chat|instruct(?:ion)?|it|hf|base|large|small|tiny|mini|medium|huge|giant|xxl|xl|xs|"
    r"turbo|preview|pro|flash|ultra|nano|lite|plus|max|sft|dpo|rlhf|coder|code|math|vl|uncased|cased|multilingual|"
    r"distilled|distill|awq|gptq|int[48]|fp16|fp8|bf16|[48]-?bit|latest|thinking|reasoning|audio|vision|omni|"
    r"realtime|high|low)(?!\w)(?!-(?:scale|language|context|style|based|like|level|size))",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"-?(?P<word>v\d+(?:\.\d+)*|(?:20\d{2}-\d{2}-\d{2}|\d{4,8}))(?![\w.]*\d)|(?:-|\s)(?P<v>[vV]\d+(?:\.\d+)*)\b"
)
_PATCH = re.compile(r"[-/](?P<word>[SBLHgG]/\d{2}|\d{2,3}(?:px)?)(?!\w)")
_MEMORY = re.compile(r"[-\s](?P<gb>\d{1,3})\s?(?:GB?|GiB)(?!\w)")
_EDITION = re.compile(r"(?P<join>[-\s]?['’]?|-v?)(?P<word>\d{1,4}(?:\.\d+)?[KkM]?)(?![\w.%-])")
_SCALE = {
    "b": 10**9,
    "billion": 10**9,
    "m": 10**6,
    "million": 10**6,
    "t": 10**12,
    "trillion": 10**12,
}
_OPEN_WORDS = frozenset("base large small medium high low pro max plus code math vision audio it".split())
"""Tunings that are ordinary words: with a blank before them they must be capitalised as in a name."""


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows a known name and makes it a variant: its extent, and what it says."""

    length: int
    label: str
    parameters: int | None = None
    memory_gb: float | None = None


def variant_suffix(concept_class: ConceptClass, name: str, rest: str) -> Suffix | None:
    """The variant that *rest*, the text right after a known *name*, makes of it; None where none."""
    if concept_class is ConceptClass.MODEL:
        return _model_suffix(name, rest)
    if concept_class is ConceptClass.HARDWARE:
        return _hardware_suffix(rest)
    if concept_class is ConceptClass.DATASET:
        return _dataset_suffix(rest)
    return None


def _hardware_suffix(rest: str) -> Suffix | None:
    match = _MEMORY.match(rest)
    if match is None:
        return None
    return Suffix(match.end(), f"{match['gb']}GB", memory_gb=float(match["gb"]))


def _dataset_suffix(rest: str) -> Suffix | None:
    match = _EDITION.match(rest)
    if match is None or (match["join"] in ("", " ") and match["word"][-1] not in "Kk"):
        return None
    if match["join"] == " ":
        return None
    return Suffix(match.end(), match["word"].upper())


def _model_suffix(name: str, rest: str) -> Suffix | None:
    """Sizes, tunings and revisions, in any order, as long as they follow one another."""
    at = 0
    sizes: list[str] = []
    words: list[str] = []
    parameters: int | None = None
    sized = _ENDS_SIZED.search(name) is not None
    while at < len(rest):
        if (
            not sizes
            and not sized
            and (size := _size(rest[at:]))
            and not (words and rest[at:].lstrip().startswith("("))
        ):
            length, label, parameters = size
            sizes.append(label)
        elif word := _word(rest[at:], bool(sizes or words)):
            length, label = word
            words.append(label)
        else:
            break
        at += length
    label = " ".join([*sizes, *words])
    return Suffix(at, label, parameters) if label else None


def _size(rest: str) -> tuple[int, str, int | None] | None:
    """A size with its label; experts times a size tell no count of parameters, for they share some,
    nor do thousands, which are the length of a context.
    """
    match = _SIZED.match(rest)
    if match is None or (match["unit"] in "KT" and match["join"] in (" ", None)):
        return None
    if (match["join"] or "").endswith("("):
        if rest[match.end() : match.end() + 1] != ")":
            return None
        length = match.end() + 1
    else:
        length = match.end()
    if match["unit"].lower() in ("billion", "million", "trillion") and match["join"] == " ":
        return None
    uncounted = match["experts"] or match["unit"] == "K"
    count = None if uncounted else round(float(match["number"]) * _SCALE[match["unit"].lower()])
    experts = f"{match['experts']}x" if match["experts"] else ""
    active = f"-A{match['active']}B" if match["active"] else ""
    return length, f"{experts}{match['number']}{match['unit'][0].upper()}{active}", count


def _word(rest: str, within: bool) -> tuple[int, str] | None:
    if (match := _TUNING.match(rest)) and _is_tuning(match, rest[match.end() :], within):
        return match.end(), _tuning_label(match["word"])
    if match := _REVISION.match(rest):
        return match.end(), (match["word"] or match["v"]).lower()
    if match := _PATCH.match(rest):
        return match.end(), match["word"]
    return None


def _is_tuning(match: re.Match[str], after: str, within: bool) -> bool:
    """Whether a word belongs to the name: joined to it, or after a blank with the capital of a name."""
    word = match["word"]
    if match["join"] not in (" ", "/") or (within and word[0].isupper()):
        return True
    if word.lower() not in _OPEN_WORDS:
        return not word[0].islower()
    return word.istitle() and not re.match(r"-|\s[A-Z]", after)


def _tuning_label(word: str) -> str:
    known = {
        "hf": "HF",
        "it": "IT",
        "sft": "SFT",
        "dpo": "DPO",
        "rlhf": "RLHF",
        "vl": "VL",
        "xl": "XL",
        "xxl": "XXL",
    }
    lower = "instruct" if word.lower() == "instruction" else word.lower()
    return known.get(lower, lower)
