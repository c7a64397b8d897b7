"""The vocabulary's cache: right after any change of a file, and never in the way."""

import re
import shutil
from pathlib import Path

import pytest

from concite.ontology import VocabularyError, load_vocabulary, read_vocabulary
from concite.ontology import cache as cache_module
from concite.ontology.cache import KEPT, cache_folder

from ..conftest import SMALL


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for caches."""
    monkeypatch.setenv("CONCITE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small vocabulary that may be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "vocabulary"))


def test_the_second_reading_comes_from_the_cache(kept: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_vocabulary(folder)
    assert len(list(kept.iterdir())) == 1

    def unexpected(folder: Path) -> None:
        raise AssertionError(f"{folder} was read again")

    monkeypatch.setattr(cache_module, "read_vocabulary", unexpected)
    again = load_vocabulary(folder)
    assert again.concepts == first.concepts
    assert again.digest == first.digest


def test_a_changed_file_is_read_again(kept: Path, folder: Path) -> None:
    load_vocabulary(folder)
    file = folder / "technique" / "all.toml"
    file.write_text(file.read_text().replace("Learns a low-rank update", "Learns an update"))
    assert load_vocabulary(folder)["lora"].definition.startswith("Learns an update")


def test_a_new_and_a_removed_file_are_noticed(kept: Path, folder: Path) -> None:
    before = len(load_vocabulary(folder))
    new = '[t5]\nlabel = "T5"\ndefinition = "A model."\nbroader = ["model"]\nsources = ["test"]\n'
    (folder / "model" / "more.toml").write_text(new)
    assert len(load_vocabulary(folder)) == before + 1
    (folder / "model" / "more.toml").unlink()
    assert len(load_vocabulary(folder)) == before


def test_a_file_that_moves_to_another_class_is_noticed(kept: Path, folder: Path) -> None:
    for name in ("task", "technique"):
        for path in (folder / name).iterdir():
            path.rename(path.with_name(f"{'a' if name == 'task' else 'z'}-{path.name}"))
    new = '[thing]\nlabel = "Thingnet"\ndefinition = "A thing."\nbroader = ["{}"]\nsources = ["test"]\n'
    (folder / "task" / "m.toml").write_text(new.format("task"))
    assert load_vocabulary(folder)["thing"].concept_class == "task"
    (folder / "task" / "m.toml").rename(folder / "technique" / "m.toml")
    with pytest.raises(VocabularyError, match="broader task is a task"):
        load_vocabulary(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]\n[]", b"[]\n{}", b'[{"id": "x"}]\n{}', b"\xff\xfe"])
def test_a_damaged_cache_is_made_anew(kept: Path, folder: Path, content: bytes) -> None:
    whole = load_vocabulary(folder)
    (path,) = kept.iterdir()
    good = path.read_bytes()
    path.write_bytes(content)
    assert load_vocabulary(folder).concepts == whole.concepts
    assert path.read_bytes() == good


def test_a_cache_with_a_changed_byte_is_made_anew(kept: Path, folder: Path) -> None:
    whole = load_vocabulary(folder)
    (path,) = kept.iterdir()
    good = path.read_bytes()
    path.write_bytes(good.replace(b'"LoRA"', b'"XoRA"', 1))
    assert path.read_bytes() != good
    assert load_vocabulary(folder).concepts == whole.concepts
    assert path.read_bytes() == good


def test_a_directory_in_place_of_the_cache_is_done_without(kept: Path, folder: Path) -> None:
    load_vocabulary(folder)
    (path,) = kept.iterdir()
    path.unlink()
    path.mkdir()
    assert "lora" in load_vocabulary(folder)
    assert list(kept.iterdir()) == [path]


def test_a_user_without_a_home_has_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CONCITE_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder() is None
    assert "lora" in load_vocabulary(folder)


def test_a_cached_vocabulary_has_the_same_lexicon(kept: Path, folder: Path) -> None:
    load_vocabulary(folder)
    cached, fresh = load_vocabulary(folder).lexicon, read_vocabulary(folder).lexicon
    assert cached.blocked == fresh.blocked == {"pay attention to"}
    assert set(cached.senses) == set(fresh.senses)
    assert all(cached.senses[name] == fresh.senses[name] for name in fresh.senses)


def test_few_caches_are_kept(kept: Path, folder: Path) -> None:
    for year in range(2000, 2000 + KEPT + 2):
        file = folder / "technique" / "all.toml"
        file.write_text(re.sub(r"year = \d{4}", f"year = {year}", file.read_text()))
        load_vocabulary(folder)
    assert len(list(kept.iterdir())) == KEPT


def test_a_place_that_cannot_be_written_is_done_without(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONCITE_CACHE", str(tmp_path / "file" / "below"))
    assert "lora" in load_vocabulary(folder)


def test_faults_are_told_and_not_cached(kept: Path, folder: Path) -> None:
    (folder / "technique" / "all.toml").write_text("[x")
    for _ in range(2):
        with pytest.raises(VocabularyError):
            load_vocabulary(folder)
    assert not kept.exists()


def test_the_place_of_caches_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONCITE_CACHE", "/elsewhere")
    assert cache_folder() == Path("/elsewhere")
    monkeypatch.delenv("CONCITE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "concite"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "concite"
