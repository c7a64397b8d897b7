"""Recognition: from the texts of one paper to the stretches that name concepts, and which.

Names of the vocabulary, short forms that the paper defines, names that it coins and names known only
by their shape all become proposals; a name that the paper itself gives a meaning overrides the
vocabulary, and of proposals that overlap the longest established name wins.
"""

from ..ontology.concepts import Concept
from ..ontology.vocabulary import Vocabulary
from .known_names import KnownNames
from .local_names import LocalNames
from .mentions import Field, Span
from .papers import Paper
from .proposals import Proposal, Texts, longest_first
from .runs import Heads
from .shapes import addresses, compounds, listed, shaped
from .shared_heads import shared_heads
from .terms import terms


class Recogniser:
    """Recognises concepts of one vocabulary, and candidates beside it, in papers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._names = KnownNames(vocabulary)

    @property
    def heads(self) -> Heads:
        """The words that names of the vocabulary end in, with their class."""
        return self._names.heads

    def introduced_by(self, paper: Paper) -> tuple[Concept, ...]:
        """The vocabulary's concepts that a paper is known to have introduced."""
        return self._names.introduced_by(paper)

    def recognise(self, paper: Paper, texts: Texts) -> tuple[Span, ...]:
        """The mentions of a paper without their roles, in order, never overlapping; *texts* are the paper's."""
        chosen = self.names(paper, texts)
        chosen = longest_first([*chosen, *terms(texts, chosen, self.heads)])
        return tuple(p.span() for p in sorted(chosen, key=lambda p: (p.field != Field.TITLE, p.start)))

    def names(self, paper: Paper, texts: Texts) -> list[Proposal]:
        """What names a concept by the vocabulary, by what the paper says, or by its shape; never overlapping."""
        known = list(self._names.proposals(texts))
        local = LocalNames(self._names, paper, texts, known)
        proposals = [*known, *local.proposals(), *addresses(texts)]
        proposals += compounds(texts, proposals)
        chosen = longest_first(proposals)
        chosen = longest_first([*chosen, *shared_heads(self._names, texts, chosen)])
        chosen += shaped(texts, chosen, self._names.no_names)
        return [*chosen, *listed(texts, chosen, self._names.no_names)]
