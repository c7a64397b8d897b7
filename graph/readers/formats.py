"""The formats of inputs: recognised from the content, or named; one reader each."""

import re
from collections.abc import Callable, Iterator

from ..identifiers import parse_identifier
from ..input_formats import Format
from ..papers import InputError, Record, Skipped
from .aan import read_aan
from .acl_anthology import read_acl_anthology
from .arxiv import read_arxiv
from .arxiv_atom import read_arxiv_atom
from .beginnings import Beginning
from .bibtex import read_bibtex
from .columns import is_header
from .containers import inputs_of
from .crossref import read_crossref
from .csl import read_csl
from .daily_papers import read_daily_papers
from .datacite import read_datacite
from .edges import CITED, CITING, is_pair, read_bare_edges, read_edges
from .icite import read_icite
from .inputs import Input
from .jsonl import read_json, read_jsonl
from .listing import read_listing
from .mlanthology import read_mlanthology
from .openalex import read_openalex
from .options import Options
from .paperlists import read_paperlists
from .paperscape import read_paperscape
from .reference_clusters import read_raw_references, read_reference_clusters
from .ris import read_ris
from .s2ag import read_s2ag
from .semantic_scholar import read_semantic_scholar
from .table import header_of, read_table

READERS: dict[Format, Callable[[Input], Iterator[Record]]] = {
    Format.LISTING: read_listing,
    Format.JSONL: read_jsonl,
    Format.JSON: read_json,
    Format.ARXIV: read_arxiv,
    Format.OPENALEX: read_openalex,
    Format.SEMANTIC_SCHOLAR: read_semantic_scholar,
    Format.S2AG: read_s2ag,
    Format.CROSSREF: read_crossref,
    Format.DATACITE: read_datacite,
    Format.ICITE: read_icite,
    Format.MLANTHOLOGY: read_mlanthology,
    Format.PAPERLISTS: read_paperlists,
    Format.DAILY_PAPERS: read_daily_papers,
    Format.EDGES: read_edges,
    Format.BARE_EDGES: read_bare_edges,
    Format.PAPERSCAPE: read_paperscape,
    Format.REFERENCE_CLUSTERS: read_reference_clusters,
    Format.RAW_REFERENCES: read_raw_references,
    Format.RIS: read_ris,
    Format.CSL: read_csl,
    Format.ARXIV_ATOM: read_arxiv_atom,
    Format.ACL_ANTHOLOGY: read_acl_anthology,
    Format.AAN: read_aan,
}

READERS_WITH_OPTIONS: dict[Format, Callable[[Input, Options], Iterator[Record]]] = {
    Format.BIBTEX: read_bibtex,
    Format.CSV: read_table,
}

Sign = Callable[[Beginning], bool]


def _begins(pattern: str) -> Sign:
    """The text begins so."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda beginning: compiled.match(beginning.text) is not None


def _record(*any_of: str) -> Sign:
    """The first JSON record has one of these fields."""
    return lambda beginning: beginning.is_json and not beginning.record.isdisjoint(any_of)


def _record_all(*all_of: str) -> Sign:
    """The first JSON record has all these fields."""
    return lambda beginning: beginning.is_json and beginning.record.issuperset(all_of)


def _document(*all_of: str) -> Sign:
    """The JSON document has all these fields."""
    return lambda beginning: beginning.is_json and beginning.document.issuperset(all_of)


def _columns(*all_of: str) -> Sign:
    """The first line of a table has all these names."""
    return lambda beginning: beginning.columns.issuperset(all_of)


def _edge_columns(beginning: Beginning) -> bool:
    """The first line of a table names the two ends of a citation, and there is little else."""
    names = beginning.columns
    return not names.isdisjoint(CITING) and not names.isdisjoint(CITED) and "title" not in names


def _first_line(test: Callable[[str], bool]) -> Sign:
    """The first line that is no comment passes a test."""
    return lambda beginning: test(beginning.first_line)


def _is_paperscape(line: str) -> bool:
    return re.match(r"[^;\s]+;[^;]*;\d+;\d+;[^;]*;[^;]*;", line) is not None


def _is_raw_reference(line: str) -> bool:
    cells = line.split("\t")
    return len(cells) == 4 and bool(parse_identifier(cells[0])) and bool(re.match(r"\d{4}", cells[1]))


def _is_table(beginning: Beginning) -> bool:
    """The first line names columns that papers have."""
    return is_header(header_of(beginning))


SIGNS: tuple[tuple[Sign, Format], ...] = (
    (_record("corpusid", "citingcorpusid", "citingCorpusId"), Format.S2AG),
    (_record("paperId", "citedPaper", "citingPaper"), Format.SEMANTIC_SCHOLAR),
    (_record("authors_parsed", "journal-ref"), Format.ARXIV),
    (_record("abstract_inverted_index", "referenced_works", "authorships"), Format.OPENALEX),
    (_record("is-referenced-by-count", "reference-count", "indexed"), Format.CROSSREF),
    (_document("message-type", "message"), Format.CROSSREF),
    (_record_all("type", "attributes"), Format.DATACITE),
    (_record("bibtex_key"), Format.MLANTHOLOGY),
    (_record("gs_citation", "aff_unique_index"), Format.PAPERLISTS),
    (_record("arxivId", "fetchedAt", "upvotes"), Format.DAILY_PAPERS),
    (_record_all("paper", "publishedAt"), Format.DAILY_PAPERS),
    (_record_all("title", "issued"), Format.CSL),
    (_record_all("title", "container-title"), Format.CSL),
    (_begins(r"\s*\{\s*\n"), Format.JSON),
    (_begins(r"\s*\[\s*(?:\{|\]|null)"), Format.JSON),
    (lambda beginning: beginning.is_json and beginning.list_name is not None, Format.JSON),
    (_begins(r"\s*\{"), Format.JSONL),
    (_begins(r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*+<collection\s+id="), Format.ACL_ANTHOLOGY),
    (_begins(r"(?:<\?xml[^>]*>|\s)*+<(?:\w+:)?feed\s[^>]*http://www\.w3\.org/2005/Atom"), Format.ARXIV_ATOM),
    (_begins(r"id = \{"), Format.AAN),
    (_begins(r"(?:[^\n]*\n){0,10}TY {2}- "), Format.RIS),
    (_begins(r"(?:%[^\n]*\n|\s)*+(?:[^\n]*\n){0,20}?[ \t]*+@[ \t]*\w+\s*[{(]\s*[^\s,={}]+\s*[,=]"), Format.BIBTEX),
    (_columns("pmid", "cited_by", "references"), Format.ICITE),
    (_columns("citing_papers", "num_cited", "title"), Format.REFERENCE_CLUSTERS),
    (_edge_columns, Format.EDGES),
    (_first_line(_is_paperscape), Format.PAPERSCAPE),
    (_first_line(_is_raw_reference), Format.RAW_REFERENCES),
    (_first_line(is_pair), Format.BARE_EDGES),
    (_is_table, Format.CSV),
)
"""What tells the formats apart, the surest sign first; the first that holds decides."""

_FOREIGN = (
    (re.compile(r"\s*<(?:!DOCTYPE\s+html|html)[\s>]", re.IGNORECASE), "HTML"),
    (re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|\w+[\s>])", re.IGNORECASE), "XML of a kind"),
)


def detect_format(source: Input, options: Options | None = None) -> Format:
    """The format of an input by its content; text of no other format is a table where columns are told.

    Raises `InputError` for a format that has no reader.
    """
    beginning = Beginning(source.head())
    for sign, known in SIGNS:
        if sign(beginning):
            if not source.named and known in (Format.JSON, Format.JSONL) and "title" not in beginning.record:
                raise InputError(source.name, "JSON of which the first record has no title", "name the file itself")
            return known
    for pattern, what in _FOREIGN:
        if pattern.match(beginning.text):
            advice = "convert it to JSON Lines with title and abstract, one paper a line"
            raise InputError(f"{source.name}:1", f"this looks like {what}, which has no reader yet", advice)
    if options and options.columns:
        return Format.CSV
    if not source.named and not _may_be_listing(source.name):
        raise InputError(source.name, "no format of papers", "name the file itself to read it as a listing")
    return Format.LISTING


def _may_be_listing(name: str) -> bool:
    """Whether a file that was found, not named, is read as a listing: any text could be one."""
    return name.lower().endswith(".txt") and not re.search(r"(?:readme|licen[sc]e|requirements)[^/!]*$", name.lower())


def read_papers(source: Input, named: Format | None = None, options: Options | None = None) -> Iterator[Record]:
    """Yield the papers of an input and what is skipped; *named* overrides what the content tells."""
    known = named or detect_format(source, options)
    if known in READERS_WITH_OPTIONS:
        yield from READERS_WITH_OPTIONS[known](source, options or Options())
    else:
        yield from READERS[known](source)


Part = tuple[Input, Format | None, Iterator[Record]]
"""An input, its format, and its records."""


def read_argument(argument: str, named: Format | None = None, options: Options | None = None) -> Iterator[Part]:
    """Yield each input that a command's argument names, to be read before the next is asked for.

    What holds no papers in a directory or an archive has no format, and one record, which says why it is
    skipped. Raises `InputError` where an input that was named itself cannot be read.
    """
    for source in inputs_of(argument):
        if isinstance(source, Skipped):
            yield Input(source.input, named=False), None, iter([source])
            continue
        try:
            told = detect_format(source, options)
        except InputError as error:
            if source.named and named is None:
                raise
            told = None
            if not source.named:
                yield source, None, iter([Skipped(source.name, "", error.problem)])
                continue
        yield source, named or told, _read_found(source, _read_as(source, named, told, options))


GENERAL = frozenset({Format.LISTING, Format.JSON, Format.JSONL, Format.CSV})
"""Formats that another may be read as on purpose: any text is a listing, iCite's table is a table."""


def _read_as(source: Input, named: Format | None, told: Format | None, options: Options | None) -> Iterator[Record]:
    """The records of an input. Raises `InputError` where the named format cannot be that of the content."""
    wrong = InputError(f"{source.name}:1", f"it looks like {told}, not {named}", "leave out --format, or name another")
    other = named and told and named != told
    if other and not GENERAL & {named, told}:
        raise wrong
    found = False
    for record in read_papers(source, named or told, options):
        found = found or not isinstance(record, Skipped)
        yield record
    if other and told is not Format.LISTING and not found:
        raise wrong


def _read_found(source: Input, records: Iterator[Record]) -> Iterator[Record]:
    """The records of an input; one that was found, not named, and breaks on the way stops no other."""
    try:
        yield from records
    except InputError as error:
        if source.named or not error.place.startswith(source.name):
            raise
        position = error.place.removeprefix(source.name).removeprefix(":")
        yield Skipped(source.name, position, f"{error.problem}; nothing after it was read")
