"""Short ways to papers, links and mentions for the tests of recognition."""

from concite.graph.linking import LinkedPaper, Linker
from concite.graph.mentions import Mention
from concite.graph.papers import Paper
from concite.ontology import read_vocabulary

from ..conftest import SMALL

VOCABULARY = read_vocabulary(SMALL)
LINKER = Linker(VOCABULARY)


def link(abstract: str = "", title: str = "Notes", identifiers: tuple[str, ...] = ()) -> LinkedPaper:
    """A paper linked to the small vocabulary."""
    return LINKER.link(Paper(title, abstract or None, identifiers=identifiers))


def found(abstract: str, title: str = "Notes") -> list[tuple[str, str]]:
    """What a paper mentions: the text and the id, a candidate's without its hash."""
    return [(m.text, concept_name(m)) for m in link(abstract, title).mentions]


def concept_name(mention: Mention) -> str:
    """The id of a concept, of a candidate without its hash."""
    return mention.concept.id.partition(".")[0]
