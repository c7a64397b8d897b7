"""Reading: all inputs of a build as records, each input accounted for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

from .papers import InputError, Paper, Record, Skipped, StatedCitation
from .readers import Format, Input, read_papers
from .readers.bibliography import gather
from .readers.formats import read_argument
from .readers.options import Options


@dataclass(frozen=True, slots=True)
class ReadInput:
    """What one input gave."""

    name: str
    sha256: str
    format: str
    papers: tuple[Paper, ...]
    citations: tuple[StatedCitation, ...]
    skipped: tuple[Skipped, ...]


def sample_input() -> Input:
    """The bundled sample: landmark papers of language modelling and deep learning."""
    with as_file(files("concite.graph").joinpath("data/sample.jsonl")) as path:
        return Input("sample.jsonl", path)


def read_inputs(
    arguments: Sequence[str],
    named: Format | None = None,
    *,
    strict: bool = False,
    in_order: bool = False,
    columns: Mapping[str, str] | None = None,
    told: Callable[[int], None] | None = None,
) -> list[ReadInput]:
    """Read all inputs, the bundled sample where there are none; sorted by name unless *in_order*.

    The *columns* of tables are told by what they hold, and *told* is called with the number of records so far.
    Raises `InputError`; with *strict* also for a record that else is skipped.
    """
    options = Options(columns or {}, gather(arguments))
    read: list[ReadInput] = []
    count = 0
    for each in _read_all(arguments, named, strict, options) if arguments else [_read_sample()]:
        read.append(each)
        count += len(each.papers) + len(each.citations)
        if told:
            told(count)
    return read if in_order else sorted(read, key=lambda each: (each.name, each.sha256))


def _read_sample() -> ReadInput:
    sample = sample_input()
    return _sorted(sample, Format.JSONL, read_papers(sample, Format.JSONL), strict=True)


def _read_all(arguments: Iterable[str], named: Format | None, strict: bool, options: Options) -> Iterator[ReadInput]:
    for argument in arguments:
        found = False
        for source, known, records in read_argument(argument, named, options):
            read = _sorted(source, known, records, strict)
            found = found or bool(read.papers or read.citations)
            yield read
        if not found:
            raise InputError(argument, "no paper found in it", "see `concite build --help`")


def _sorted(source: Input, known: Format | None, records: Iterable[Record], strict: bool) -> ReadInput:
    """What an input gave, by kind."""
    papers: list[Paper] = []
    citations: list[StatedCitation] = []
    skipped: list[Skipped] = []
    for item in records:
        _sort(item, papers, citations, skipped)
        if strict and isinstance(item, Skipped) and known not in (Format.LISTING, None):
            raise InputError(f"{item.input}:{item.position}", item.reason, "mend the record, or leave out --strict")
    if not papers and not citations and source.named:
        raise _without_papers(source, known, skipped)
    digest = source.digest() if known else ""
    return ReadInput(source.name, digest, str(known or ""), tuple(papers), tuple(citations), tuple(skipped))


def _without_papers(source: Input, known: Format | None, skipped: Sequence[Skipped]) -> InputError:
    """The error of an input that gave nothing, with the first reason why."""
    first = next(iter(skipped), Skipped(source.name, "1", ""))
    why = f": {first.reason}" if first.reason else ""
    advice = "mend it, or name its format with --format, see `concite build --help`"
    return InputError(f"{source.name}:{first.position or 1}", f"no paper found (read as {known}){why}", advice)


def _sort(item: Record, papers: list[Paper], citations: list[StatedCitation], skipped: list[Skipped]) -> None:
    if isinstance(item, Paper):
        papers.append(item)
    elif isinstance(item, StatedCitation):
        citations.append(item)
    else:
        skipped.append(item)
