"""The input formats by name, apart from the readers so that naming one loads none."""

from enum import StrEnum


class Format(StrEnum):
    """The formats that can be read."""

    LISTING = "listing"
    JSONL = "jsonl"
    JSON = "json"
    ARXIV = "arxiv"
    OPENALEX = "openalex"
    SEMANTIC_SCHOLAR = "semantic-scholar"
    S2AG = "s2ag"
    CROSSREF = "crossref"
    DATACITE = "datacite"
    ICITE = "icite"
    MLANTHOLOGY = "mlanthology"
    PAPERLISTS = "paperlists"
    DAILY_PAPERS = "daily-papers"
    EDGES = "edges"
    BARE_EDGES = "bare-edges"
    PAPERSCAPE = "paperscape"
    REFERENCE_CLUSTERS = "reference-clusters"
    RAW_REFERENCES = "raw-references"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    CSV = "csv"
    ARXIV_ATOM = "arxiv-atom"
    ACL_ANTHOLOGY = "acl-anthology"
    AAN = "aan"
