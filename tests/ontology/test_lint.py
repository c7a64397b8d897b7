"""Lint: every kind of fault of a vocabulary is found, all at once, with its place and what to do."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from concite.ontology import Vocabulary
from concite.ontology.files import Fault
from concite.ontology.lint import find_faults
from concite.ontology.vocabulary import bundled_folder, read_all_entries

from ..conftest import SMALL

ROOT = '[technique]\nlabel = "technique"\ndefinition = "A method."\ngrouping = true\nsources = ["test"]\n'


def entry(name: str, label: str, extra: str = "", broader: str = '["technique"]') -> str:
    """An entry of five lines and those of *extra*, a blank line at its end."""
    text = f'[{name}]\nlabel = "{label}"\ndefinition = "A thing."\nbroader = {broader}\nsources = ["test"]\n'
    return f"{text}{extra}\n" + ("\n" if extra else "")


def faults(folder: Path, *texts: str, others: Mapping[str, str] | None = None) -> list[Fault]:
    """The faults of a vocabulary of techniques, their root in a file of its own, and of other files."""
    files = {"technique/root.toml": ROOT, "technique/all.toml": "".join(texts), **(others or {})}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    entries, unread = read_all_entries(folder)
    assert unread == []
    return find_faults(entries)


def only(folder: Path, *texts: str, others: Mapping[str, str] | None = None) -> str:
    """The one fault of a vocabulary, without its folder."""
    (fault,) = faults(folder, *texts, others=others)
    return str(fault).replace(f"{folder}/", "")


def test_a_vocabulary_without_faults_has_none(tmp_path: Path) -> None:
    assert faults(tmp_path, entry("lora", "LoRA"), entry("qlora", "QLoRA", broader='["lora"]')) == []


def test_an_id_used_twice_is_a_fault(tmp_path: Path) -> None:
    others = {"technique/more.toml": entry("lora", "LoRA Method")}
    assert only(tmp_path, entry("alpha", "Alphanet"), entry("lora", "LoRA"), others=others) == (
        "technique/more.toml:1: lora: the id lora is already at "
        f"{tmp_path}/technique/all.toml:7; merge the two or rename one".replace(f"{tmp_path}/", "")
    )


def test_an_id_that_another_replaces_is_used_twice(tmp_path: Path) -> None:
    text = only(tmp_path, entry("alpha", "Alphanet", 'replaces = ["beta"]'), entry("beta", "Betanet"))
    assert "beta: the id beta is already at technique/all.toml:1" in text


@pytest.mark.parametrize(
    ("field", "relation"),
    [
        ('variant_of = "nowhere"', "variantOf"),
        ('based_on = ["nowhere"]', "basedOn"),
        ('part_of = ["nowhere"]', "partOf"),
        ('runs_on = ["nowhere"]', "runsOn"),
        ('tasks = ["nowhere"]', "forTask"),
    ],
)
def test_a_relation_to_nothing_is_a_fault(tmp_path: Path, field: str, relation: str) -> None:
    assert only(tmp_path, entry("lora", "LoRA", field)) == (
        f"technique/all.toml:1: lora: {relation} names nowhere, which no file has; add it or name another"
    )


def test_a_relation_may_use_an_id_that_was_replaced(tmp_path: Path) -> None:
    new = entry("alpha", "Alphanet", 'replaces = ["former"]')
    assert faults(tmp_path, new, entry("beta", "Betanet", 'based_on = ["former"]')) == []


def test_a_broader_concept_of_another_class_is_a_fault(tmp_path: Path) -> None:
    task = '[task]\nlabel = "task"\ndefinition = "A problem."\ngrouping = true\nsources = ["test"]\n'
    text = only(tmp_path, entry("lora", "LoRA", broader='["task"]'), others={"task/root.toml": task})
    assert text == "technique/all.toml:1: lora: broader task is a task; name a concept of the same class"


def test_a_concept_without_a_broader_one_is_a_fault(tmp_path: Path) -> None:
    text = only(tmp_path, entry("lora", "LoRA", broader="[]"))
    assert text.startswith('technique/all.toml:1: lora: no broader concept; name one, "technique"')


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_a_circle_of_broader_concepts_is_a_fault_of_each_in_it(tmp_path: Path, length: int) -> None:
    names = [f"net{k}" for k in range(length)]
    circle = [entry(name, name.upper() + "x", broader=f'["{names[(k + 1) % length]}"]') for k, name in enumerate(names)]
    outside = entry("outside", "Outsidenet", broader='["net0"]')
    found = [str(fault) for fault in faults(tmp_path, *circle, outside)]
    assert len(found) == length
    assert all("broader leads back to itself" in text for text in found)
    assert not any("outside" in text for text in found)


def test_a_circle_of_variants_is_a_fault(tmp_path: Path) -> None:
    texts = (entry("alpha", "Alphanet", 'variant_of = "beta"'), entry("beta", "Betanet", 'variant_of = "alpha"'))
    found = [str(fault) for fault in faults(tmp_path, *texts)]
    assert len(found) == 2
    assert all("variant_of leads back to itself" in text for text in found)


def test_two_parents_with_one_grandparent_are_no_circle(tmp_path: Path) -> None:
    texts = [
        entry("aa", "Aanet"),
        entry("bb", "Bbnet", broader='["aa"]'),
        entry("cc", "Ccnet", broader='["aa"]'),
        entry("dd", "Ddnet", broader='["bb", "cc"]'),
    ]
    assert faults(tmp_path, *texts) == []


def test_a_name_on_two_concepts_is_a_fault_however_it_is_written(tmp_path: Path) -> None:
    text = only(tmp_path, entry("alpha", "Alpha-Net"), entry("beta", "Betanet", 'synonyms = ["ALPHA net"]'))
    assert text == (
        'technique/all.toml:7: beta: the name "ALPHA net" is also on alpha (technique/all.toml:1); '
        "give cues to all but one, or take the name from one"
    )


def test_a_shared_name_is_no_fault_where_cues_tell_the_two_apart(tmp_path: Path) -> None:
    cued = 'synonyms = ["Alphanet"]\ncues = { Alphanet = ["game"] }'
    assert faults(tmp_path, entry("alpha", "Alphanet"), entry("beta", "Betanet", cued)) == []


def test_a_shared_name_is_no_fault_where_case_tells_the_two_apart(tmp_path: Path) -> None:
    first = entry("alpha", "MAT", 'exact = ["MAT"]')
    second = entry("beta", "MaT", 'exact = ["MaT"]')
    assert faults(tmp_path, first, second) == []


@pytest.mark.parametrize("word", ["pruning", "Falcon", "falcons", "ray"])
def test_an_ordinary_word_for_a_name_is_a_fault(tmp_path: Path, word: str) -> None:
    assert f'"{word}" is an ordinary English word' in only(tmp_path, entry("thing", word))


@pytest.mark.parametrize("rule", ['plain = ["pruning"]', 'cues = { pruning = ["network"] }'])
def test_an_ordinary_word_with_a_rule_is_no_fault(tmp_path: Path, rule: str) -> None:
    assert faults(tmp_path, entry("thing", "pruning", rule)) == []


@pytest.mark.parametrize("rule", ['exact = ["Lora"]', 'plain = ["lora"]', 'cues = { lora = ["x"] }'])
def test_a_rule_for_no_name_is_a_fault(tmp_path: Path, rule: str) -> None:
    text = only(tmp_path, entry("thing", "LoRA", rule))
    assert "which is no name of it; write it exactly as in the label or an alias" in text


def test_entries_out_of_order_are_a_fault(tmp_path: Path) -> None:
    text = only(tmp_path, entry("zeta", "Zetanet"), entry("yota", "Yotanet"))
    assert text == ("technique/all.toml:7: yota: stands after zeta; sort with `concite ontology lint --fix`")


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    texts = [
        entry("zeta", "pruning"),
        entry("alpha", "Alphanet", 'based_on = ["nowhere"]'),
        entry("beta", "alphanet", 'exact = ["Beta"]', broader="[]"),
    ]
    found = faults(tmp_path, *texts)
    assert [fault.line for fault in found] == [1, 7, 7, 14, 14, 14]
    assert found == sorted(found)


def test_the_vocabulary_of_the_tests_has_no_faults() -> None:
    entries, unread = read_all_entries(SMALL)
    assert unread + find_faults(entries) == []


def test_the_bundled_vocabulary_has_no_faults_and_all_classes(bundled: Vocabulary) -> None:
    entries, unread = read_all_entries(bundled_folder())
    assert [str(fault) for fault in unread + find_faults(entries)] == []
    assert {concept.concept_class for concept in bundled if not concept.grouping} == {
        "technique", "model", "dataset", "hardware", "task", "metric", "software",
    }  # fmt: skip
