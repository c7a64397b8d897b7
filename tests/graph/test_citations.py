"""Citations: stated ones and inferred ones, apart, and never of a paper by itself or of a later one."""

from dataclasses import replace

import pytest

from concite.graph import customs
from concite.graph.catalogue import Catalogue
from concite.graph.citations import (
    Citation,
    Flag,
    explicit_citations,
    flagged,
    inferred_citations,
    introducing_paper,
    introductions,
)
from concite.graph.customs import UNKNOWN
from concite.graph.linking import LinkedPaper
from concite.graph.mentions import Field, Mention, Method, Named
from concite.graph.papers import Paper, PaperId, Reference, StatedCitation, paper_id
from concite.graph.rows import mention_rows
from concite.ontology import Concept, ConceptClass, Layer, Origin, Role, Vocabulary
from concite.ontology.concepts import ConceptId

from .helpers import VOCABULARY

PAPER = Paper(
    "Digging", "Others dig. We use LoRA with Llama 2. It works.", year=2024, identifiers=("arxiv:2401.00001",)
)
LORA = PaperId("arxiv-2106.09685")
LLAMA = PaperId("arxiv-2307.09288")


def mention(concept: str, role: Role = Role.USES, confidence: float = 0.8, **fields: str) -> Mention:
    """A mention of a concept at the word LoRA of the abstract."""
    parent = fields.get("variant_of")
    named = Named(
        ConceptId(concept),
        ConceptClass.TECHNIQUE,
        concept,
        Origin(fields.get("origin", "vocabulary")),
        ConceptId(parent) if parent else None,
    )
    return Mention(Field.ABSTRACT, 19, 23, "LoRA", named, role, confidence, Method.NAME)


def inferred(
    *mentions: Mention, paper: Paper = PAPER, others: tuple[Paper, ...] = (), vocabulary: Vocabulary = VOCABULARY
) -> list[Citation]:
    """The citations inferred for one paper, among others."""
    papers = {paper_id(each): each for each in (*others, paper)}
    parents = {mention.concept.id: mention.concept.variant_of for mention in mentions}
    introduced = introductions(parents.items(), vocabulary)
    rows = mention_rows(paper_id(paper), LinkedPaper(paper, mentions))
    return list(inferred_citations(rows, introduced, papers, Catalogue(papers)))


def explicit(*papers: Paper, stated: tuple[StatedCitation, ...] = ()) -> list[Citation]:
    found = {paper_id(paper): paper for paper in papers}
    return explicit_citations(found, stated, Catalogue(found))


def test_a_reference_is_an_explicit_citation() -> None:
    paper = replace(PAPER, references=(Reference("arxiv:2106.09685"), Reference("doi:10.1234/x")))
    lora = Paper("LoRA", identifiers=("arxiv:2106.09685",))
    assert explicit(paper, lora) == [
        Citation(paper_id(paper), LORA, Layer.EXPLICIT, "identifier", 1.0),
        Citation(paper_id(paper), PaperId("doi-10.1234/x"), Layer.EXPLICIT, "external", 1.0),
    ]


def test_contexts_and_intents_of_a_reference_are_kept() -> None:
    reference = Reference("arxiv:2106.09685", contexts=("We use [1].",), intents=("method", "background"))
    (citation,) = explicit(replace(PAPER, references=(reference, Reference("arxiv:2106.09685", intents=("result",)))))
    assert (citation.evidence, citation.intent) == ("We use [1].", "background, method, result")


def test_a_stated_citation_is_one_of_its_paper_or_of_an_external_one() -> None:
    stated = (
        StatedCitation("arxiv:2401.00001", Reference("arxiv:2106.09685")),
        StatedCitation("s2:unknown", Reference("arxiv:2401.00001")),
    )
    assert [(c.citing, c.cited) for c in explicit(PAPER, stated=stated)] == [
        ("arxiv-2401.00001", LORA),
        ("s2-unknown", "arxiv-2401.00001"),
    ]


def test_a_reference_to_itself_is_no_citation() -> None:
    assert explicit(replace(PAPER, references=tuple(map(Reference, PAPER.identifiers)))) == []


@pytest.mark.parametrize("role", list(Role))
def test_only_what_is_used_evaluated_or_compared_is_cited(role: Role) -> None:
    expected = [LORA] if role in (Role.USES, Role.EVALUATES, Role.COMPARES) else []
    assert [c.cited for c in inferred(mention("lora", role))] == expected


def test_an_inferred_citation_tells_its_sentence_reason_and_confidence() -> None:
    assert inferred(mention("lora", Role.COMPARES, 0.7)) == [
        Citation(
            paper_id(PAPER),
            LORA,
            Layer.INFERRED,
            "named concept",
            round(0.7 * UNKNOWN, 4),
            Role.COMPARES,
            ConceptId("lora"),
            "We use LoRA with Llama 2.",
        )
    ]


def test_the_surest_mention_is_the_evidence_and_a_pair_is_cited_once() -> None:
    (citation,) = inferred(
        mention("lora", Role.USES, 0.6), mention("lora", Role.USES, 0.9), mention("lora", Role.USES, 0.7)
    )
    assert citation.confidence == round(0.9 * UNKNOWN, 4)


def test_common_knowledge_is_named_without_being_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customs, "_measured", lambda: {"lora": (1, 20), "llama-2": (20, 20)})
    assert [(c.cited, c.confidence) for c in inferred(mention("lora"), mention("llama-2"))] == [
        (LLAMA, round(0.8 * 21 / 22, 4))
    ]


def test_a_variant_cites_the_paper_of_its_family() -> None:
    variant = mention("llama-2-7b", origin="derived", variant_of="llama-2")
    assert [c.cited for c in inferred(variant)] == [LLAMA]


def test_a_version_without_a_paper_cites_that_of_its_nearest_family() -> None:
    family, version = VOCABULARY["llama-2"], VOCABULARY["llama"].model_dump()
    child = Concept.model_validate({**version, "id": "child", "variant_of": "llama-2"})
    found = inferred(mention("child"), vocabulary=Vocabulary((child, family)))
    assert [c.cited for c in found] == [LLAMA]


def test_a_concept_without_a_paper_is_not_cited() -> None:
    assert inferred(mention("adapter"), mention("mmlu", Role.EVALUATES)) == []


def test_a_candidate_is_never_cited() -> None:
    assert inferred(mention("lora", origin="candidate"), mention("x", origin="candidate", variant_of="lora")) == []


def test_the_introducing_paper_does_not_cite_itself() -> None:
    assert inferred(mention("lora"), paper=replace(PAPER, year=2021, identifiers=("arxiv:2106.09685",))) == []


def test_a_later_paper_is_not_cited() -> None:
    assert inferred(mention("llama-2"), paper=replace(PAPER, year=2022)) == []
    assert [c.cited for c in inferred(mention("llama-2"), paper=replace(PAPER, year=2023))] == [LLAMA]
    assert [c.cited for c in inferred(mention("llama-2"), paper=replace(PAPER, year=None))] == [LLAMA]


def test_a_paper_that_the_graph_knows_to_be_later_is_not_cited() -> None:
    undated = Concept.model_validate({**VOCABULARY["lora"].model_dump(), "introduced": {"arxiv": "2106.09685"}})
    later = Paper("LoRA", year=2025, identifiers=("arxiv:2106.09685",))
    assert inferred(mention("lora"), others=(later,), vocabulary=Vocabulary((undated,))) == []


def test_the_introducing_paper_is_known_by_identifier_or_title() -> None:
    assert introducing_paper(VOCABULARY["lora"]) == Paper(
        "LoRA: Low-Rank Adaptation of Large Language Models", year=2021, identifiers=("arxiv:2106.09685",)
    )
    assert introducing_paper(VOCABULARY["adapter"]) is None
    titled = Concept.model_validate({**VOCABULARY["lora"].model_dump(), "introduced": {"title": "A Title"}})
    assert introducing_paper(titled) == Paper("A Title")
    numbered = Concept.model_validate({**VOCABULARY["lora"].model_dump(), "introduced": {"acl": "N19-1423"}})
    assert introducing_paper(numbered) == Paper("acl:N19-1423", identifiers=("acl:N19-1423",))


def flags(pairs: list[tuple[str, str]], **papers: Paper) -> list[tuple[Flag, ...]]:
    """The flags of explicit citations among papers."""
    citations = [Citation(PaperId(a), PaperId(b), Layer.EXPLICIT, "identifier", 1.0) for a, b in pairs]
    return [each.flags for each in flagged(citations, {PaperId(key): paper for key, paper in papers.items()})]


def test_a_citation_of_an_own_paper_is_flagged() -> None:
    own, other = Paper("A", authors=("Ada Byron", "Alan Turing")), Paper("C", authors=("Grace Hopper",))
    again = Paper("B", authors=("Ada BYRON",))
    assert flags([("a", "b"), ("a", "c")], a=own, b=again, c=other) == [(Flag.SELF,), ()]


def test_citations_on_a_cycle_are_flagged_and_those_beside_it_are_not() -> None:
    papers = {key: Paper(key) for key in "abcd"}
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")]
    assert flags(pairs, **papers) == [(Flag.CYCLE,), (Flag.CYCLE,), (Flag.CYCLE,), ()]


def test_a_citation_of_a_later_paper_is_flagged() -> None:
    assert flags([("a", "b"), ("b", "a")], a=Paper("A", year=2020), b=Paper("B", year=2021)) == [
        (Flag.CYCLE, Flag.FORWARD),
        (Flag.CYCLE,),
    ]
