"""The vocabulary: its indexes, its hierarchy, and reading it whole or not at all."""

from pathlib import Path

import pytest

from concite.ontology import Concept, Introduction, Relation, Vocabulary, VocabularyError, read_vocabulary
from concite.ontology.concepts import ConceptId

from ..conftest import SMALL


def concept(name: str, **fields: object) -> Concept:
    record = {"id": name, "concept_class": "technique", "label": name, "definition": "A thing.", "sources": ("test",)}
    return Concept.model_validate({**record, **fields})


def introduction(**fields: object) -> Introduction:
    return Introduction.model_validate(fields)


def test_a_concept_is_found_by_its_id(small: Vocabulary) -> None:
    assert small["lora"].label == "LoRA"
    assert "lora" in small
    assert "nothing" not in small
    with pytest.raises(KeyError):
        small["nothing"]


def test_an_id_that_was_replaced_leads_to_its_concept() -> None:
    vocabulary = Vocabulary((concept("new", replaces=("old",)),))
    assert vocabulary["old"] is vocabulary["new"]
    assert "old" in vocabulary
    assert len(vocabulary) == 1


def test_an_id_in_use_is_stronger_than_a_redirect() -> None:
    vocabulary = Vocabulary((concept("aa", replaces=("bb",)), concept("bb")))
    assert vocabulary["bb"].id == "bb"


def test_concepts_come_sorted_by_id(small: Vocabulary) -> None:
    ids = [each.id for each in small]
    assert ids == sorted(ids)
    assert len(ids) == len(small) == len(set(ids))


def test_what_is_below_and_above_a_concept_is_known(small: Vocabulary) -> None:
    assert small.narrower[ConceptId("parameter-efficient-fine-tuning")] == ("adapter", "lora")
    assert small.ancestors(ConceptId("lora")) == ("parameter-efficient-fine-tuning", "fine-tuning", "technique")
    assert small.ancestors(ConceptId("technique")) == ()
    assert small.ancestors(ConceptId("nothing")) == ()


def test_ancestors_come_nearest_first_and_each_once() -> None:
    concepts = (
        concept("top"),
        concept("left", broader=("top",)),
        concept("right", broader=("top",)),
        concept("low", broader=("left", "right")),
    )
    assert Vocabulary(concepts).ancestors(ConceptId("low")) == ("left", "right", "top")


def test_ancestors_end_even_in_a_circle() -> None:
    concepts = (concept("aa", broader=("bb",)), concept("bb", broader=("aa",)))
    assert Vocabulary(concepts).ancestors(ConceptId("aa")) == ("bb", "aa")


def test_the_digest_changes_with_any_concept_and_with_nothing_else(small: Vocabulary) -> None:
    assert small.digest == read_vocabulary(SMALL).digest
    changed = [each.model_copy(update={"year": 2001}) if each.id == "lora" else each for each in small]
    assert Vocabulary(tuple(changed)).digest != small.digest


def test_a_concept_tells_its_names_aliases_and_year() -> None:
    lora = concept(
        "lora",
        label="LoRA",
        synonyms=("low-rank adaptation",),
        acronyms=("LRA",),
        misspellings=("LORAA",),
        introduced=introduction(title="The Paper", doi="10.1234/ABC", year=2021),
    )
    assert [name for name, _ in lora.names()] == ["LoRA", "low-rank adaptation", "LRA", "LORAA"]
    assert lora.aliases == ("LRA", "low-rank adaptation")
    assert lora.introduced_year == 2021
    assert concept("x", year=2019, introduced=lora.introduced).introduced_year == 2019
    assert concept("x").introduced_year is None


def test_an_introduction_has_one_strongest_identifier() -> None:
    assert introduction(arxiv="2106.09685", doi="10.1234/X").identifier == "arxiv:2106.09685"
    assert introduction(doi="10.1234/ABC", acl="N19-1423").identifier == "doi:10.1234/abc"
    assert introduction(acl="N19-1423").identifier == "acl:N19-1423"
    assert introduction(title="A Title").identifier is None


def test_all_relations_of_a_concept_are_told() -> None:
    each = concept(
        "x", broader=("b",), variant_of="v", based_on=("o1", "o2"), part_of=("p",), runs_on=("r",), tasks=("t",)
    )
    assert list(each.relations()) == [
        (Relation.BROADER, "b"),
        (Relation.VARIANT_OF, "v"),
        (Relation.BASED_ON, "o1"),
        (Relation.BASED_ON, "o2"),
        (Relation.PART_OF, "p"),
        (Relation.RUNS_ON, "r"),
        (Relation.FOR_TASK, "t"),
    ]


def test_a_folder_without_files_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r":1: no vocabulary files here; name a folder"):
        read_vocabulary(tmp_path)


def test_a_vocabulary_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "technique").mkdir()
    (tmp_path / "technique" / "a.toml").write_text("[x\n")
    (tmp_path / "technique" / "b.toml").write_text('[lora]\nlabel = "LoRA"\n')
    (tmp_path / "technique" / "c.toml").write_text('[y]\nlabel = "Y"\ndefinition = "D."\nsources = ["s"]\n')
    with pytest.raises(VocabularyError) as caught:
        read_vocabulary(tmp_path)
    files = [Path(fault.file).name for fault in caught.value.faults]
    assert files == ["a.toml", "b.toml", "b.toml", "c.toml"]
    assert len(str(caught.value).splitlines()) == 4


def test_the_roots_of_the_bundled_vocabulary_are_its_classes(bundled: Vocabulary) -> None:
    roots = [each.id for each in bundled if not each.broader]
    assert sorted(roots) == ["dataset", "hardware", "metric", "model", "software", "task", "technique"]
    assert all(bundled[root].grouping for root in roots)
    assert all(str(each.concept_class) in bundled.ancestors(each.id) for each in bundled if each.broader)
