"""Coined names: what a paper says it proposes, and what class of thing that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.coinage import coined_names
from concite.ontology import ConceptClass


def names(abstract: str, title: str = "Notes on Wombats") -> list[str]:
    return [coined.name for coined in coined_names(title, abstract)]


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We propose WombatNet, a novel method for digging.", "WombatNet"),
        ("In this paper, we introduce WombatNet.", "WombatNet"),
        ("This paper presents WombatNet, a framework that digs.", "WombatNet"),
        ("We then develop a new model called WombatNet.", "WombatNet"),
        ("We build a benchmark, dubbed WombatBench, of holes.", "WombatBench"),
        ("We release a corpus named WombatCorpus.", "WombatCorpus"),
        ('We call this approach "WombatNet".', "WombatNet"),
        ("Our method WombatNet digs faster.", "WombatNet"),
        ("To dig faster, we present the WombatNet architecture.", "WombatNet"),
        ("We propose Wombat-3B, a model.", "Wombat-3B"),
    ],
)
def test_a_name_that_the_abstract_proposes_is_coined(abstract: str, name: str) -> None:
    assert name in names(abstract)


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("WombatNet: Digging with Networks", "", "WombatNet"),
        ("WombatNet - Digging with Networks", "WombatNet digs.", "WombatNet"),
        ("Burrow: Digging with Networks", "We present Burrow. Burrow digs.", "Burrow"),
        ("DIG: A Benchmark of Holes", "DIG has holes.", "DIG"),
        ("Wombatia: digging with networks", "Nothing is said of it.", "Wombatia"),
        ("WombatNet at DigEval-2021 Task 6: Finding Holes", "", "WombatNet"),
        ("#WOMBAT at HOLES-2020 Task 2: Finding Holes", "", "WOMBAT"),
    ],
)
def test_a_name_before_the_titles_colon_is_coined(title: str, abstract: str, name: str) -> None:
    assert name in names(abstract, title)


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Notes on Wombats", "Wombats dig holes. Networks learn."),
        ("Notes on Wombats", "We propose a novel method for digging."),
        ("Notes on Wombats", "We propose a large language model."),
        ("Digging: A Survey", "We survey holes."),
        ("Notes on Wombats", "Recently, many methods were proposed."),
        ("Notes on Wombats", "Most come from one family, namely Vombatidae. We dig."),
        ("Notes on Wombats", "We create an English and a German data set of holes."),
        ("Notes on Wombats", "We describe our systems for subtask1 and Task 2."),
        ("Notes on Wombats", 'We show how they dig (e.g., "wombat digging hole").'),
        ("Accelerating Wombat Digging: A Way", "Wombats dig. We show how."),
        ("Italian: digging with networks", ""),
        ("", ""),
    ],
)
def test_descriptions_are_no_names(title: str, abstract: str) -> None:
    assert names(abstract, title) == []


@pytest.mark.parametrize(
    ("abstract", "known"),
    [
        ("We propose WombatNet, a novel method for digging.", ConceptClass.TECHNIQUE),
        ("We propose WombatNet, a new benchmark of holes.", ConceptClass.DATASET),
        ("We present WombatNet, a large-scale dataset for language models.", ConceptClass.DATASET),
        ("We release WombatNet, an open-source library for digging.", ConceptClass.SOFTWARE),
        ("We introduce WombatNet, a family of language models.", ConceptClass.MODEL),
        ("We introduce WombatNet, a 7B language model.", ConceptClass.MODEL),
        ("We propose WombatNet, a new metric of holes.", ConceptClass.METRIC),
        ("We design WombatNet, an accelerator for digging.", ConceptClass.HARDWARE),
        ("We present WombatBench.", ConceptClass.DATASET),
        ("We present WombatScore.", ConceptClass.METRIC),
        ("We present WombatGPT.", ConceptClass.MODEL),
        ("We present WombatRAG.", ConceptClass.TECHNIQUE),
    ],
)
def test_the_class_is_what_the_text_calls_it_or_how_the_name_ends(abstract: str, known: ConceptClass) -> None:
    assert [coined.concept_class for coined in coined_names("Notes", abstract)] == [known]


def test_a_name_is_coined_once_with_its_surest_evidence() -> None:
    abstract = "Our method WombatNet digs. We propose WombatNet, a method."
    (weak,) = coined_names("Notes", abstract.partition(". ")[0])
    (sure,) = coined_names("Notes", abstract)
    assert weak.name == sure.name == "WombatNet"
    assert weak.confidence < sure.confidence


WORDS = (
    *("We propose ", "a novel method ", "called ", "WombatNet", ", ", "a model ", "and ", '"', ". ", "the ", "é", "("),
    *(")", "7B ", "`", "is ", "Our ", "dataset ", "for ", ":", "-", " "),
)
PIECES = st.sampled_from(WORDS)


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=8).map("".join))
def test_a_coined_name_stands_in_the_paper(abstract: str, title: str) -> None:
    for coined in coined_names(title, abstract):
        assert coined.name.strip() == coined.name != ""
        assert coined.name in title or coined.name in abstract
        assert 0 < coined.confidence <= 1


def test_a_team_at_a_contest_names_its_system() -> None:
    (coined,) = coined_names("WombatTeam at SemEval-2030 Task 4: digging together", "WombatTeam dug in two tasks.")
    assert (coined.name, coined.concept_class) == ("WombatTeam", ConceptClass.SOFTWARE)
