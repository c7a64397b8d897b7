"""Shared fixtures: where the shared data lies, a small vocabulary, and a small graph made with it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from concite.graph.building import ReadInput, build_tables
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper, Reference
from concite.ontology import Vocabulary, load_vocabulary, read_vocabulary

settings.register_profile("concite", deadline=None)
settings.load_profile("concite")
"""No deadlines: these machines are shared, and a slow example is no fault."""

SHARED = Path(__file__).resolve().parents[2] / "shared"
SMALL = Path(__file__).parent / "fixtures" / "vocabulary"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the project; tests that need it skip visibly where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def listing(shared: Path) -> Path:
    """The real listing of 151 papers."""
    return shared / "corpora" / "hf_trending_listing.txt"


@pytest.fixture(scope="session")
def bundled() -> Vocabulary:
    """The vocabulary that comes with the package."""
    return load_vocabulary()


@pytest.fixture(scope="session")
def small() -> Vocabulary:
    """A vocabulary of a few concepts, small enough to know by heart."""
    return read_vocabulary(SMALL)


PAPERS = (
    Paper(
        "TinyTune: Adapting Llama 2 on One GPU",
        "Large language models (LLMs) are costly to adapt. We propose TinyTune, a novel fine-tuning method built on "
        "LoRA. Experiments on MMLU with Llama 2 7B and an A100 show that TinyTune outperforms full fine-tuning.",
        year=2024,
        authors=("Ada Byron", "Alan Turing"),
        identifiers=("arxiv:2401.00001",),
        references=(Reference("arxiv:2106.09685"), Reference("arxiv:2401.00002")),
        source="small.jsonl",
        position="1",
    ),
    Paper(
        "A Survey of Adapters",
        "This survey reviews LoRA and other adapters for large language models.",
        year=2023,
        identifiers=("arxiv:2401.00002",),
        source="small.jsonl",
        position="2",
    ),
    Paper("Notes on Nothing", None, source="small.jsonl", position="3"),
)


@pytest.fixture(scope="session")
def graph(small: Vocabulary) -> KnowledgeGraph:
    """The graph of three small papers over the small vocabulary."""
    return small_graph(small)


def small_graph(vocabulary: Vocabulary, papers: tuple[Paper, ...] = PAPERS) -> KnowledgeGraph:
    """The graph of some papers over some vocabulary, from no file."""
    read = ReadInput("small.jsonl", "0" * 64, "jsonl", papers, (), ())
    return KnowledgeGraph(*build_tables([read], vocabulary))


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of the test run's own, one for all its workers, so that no test depends on the user's."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    patch.setenv("CONCITE_CACHE", str(folder / "cache"))
    yield
    patch.undo()
