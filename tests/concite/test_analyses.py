"""Analyses at hand: methods of the graph answer as the functions do, and names are resolved before."""

import pytest

import concite
from concite.graph.metrics.cooccurrence import cooccurrence
from concite.graph.metrics.ranking import pagerank
from concite.graph.metrics.selection import Selection
from concite.graph.papers import InputError


@pytest.fixture(scope="module")
def sample() -> concite.KnowledgeGraph:
    return concite.build()


def test_a_method_answers_as_its_function_does(sample: concite.KnowledgeGraph) -> None:
    assert sample.pagerank().frame.equals(pagerank(sample).frame)
    chosen = Selection(classes=["model"], years=(2018, None))
    answer = sample.cooccurrence(classes="model", years=(2018, None))
    assert answer.frame.equals(cooccurrence(sample, chosen).frame)
    assert answer.notes == cooccurrence(sample, chosen).notes


def test_an_analysis_shows_its_notes_and_its_frame(sample: concite.KnowledgeGraph) -> None:
    answer = sample.trends(classes=["hardware"])
    assert repr(answer).startswith("trends:\n158 papers")
    assert "158 papers" in answer._repr_html_()


def test_names_are_resolved(sample: concite.KnowledgeGraph) -> None:
    assert set(sample.adoption("nvidia a100", "BERT").frame["label"]) == {"A100", "BERT"}
    line = sample.main_path(start="Neural Machine Translation by Jointly Learning to Align and Translate")
    assert "arxiv-1409.0473" in set(line.frame["paper"])
    with pytest.raises(InputError, match="did you mean"):
        sample.adoption("Transformerr")


def test_what_does_not_exist_is_refused(sample: concite.KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="no such class"):
        sample.trends(classes=["nonsense"])
    with pytest.raises(InputError, match="no such role"):
        sample.cooccurrence(roles=["nonsense"])
    with pytest.raises(InputError, match="no such layer"):
        sample.pagerank(layer="nonsense")


def test_frames_are_there_in_pandas(sample: concite.KnowledgeGraph) -> None:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    for name in ("papers", "concepts", "concept_relations", "mentions", "links", "citations", "skipped"):
        frame = getattr(sample.pandas, name)
        assert isinstance(frame, pd.DataFrame)
        assert frame.shape == getattr(sample, name).shape
    assert sample.pandas.query("SELECT ?c WHERE { ?p co:introduces ?c }").shape[1] == 1
    assert list(sample.pandas.evidence("QLoRA: Efficient Finetuning of Quantized LLMs", "LoRA")["text"])
    assert list(sample.pagerank().to_pandas()["score"]) == sample.pagerank().frame["score"].to_list()
    with pytest.raises(InputError, match="no table"):
        sample.pandas.query("ASK { ?s ?p ?o }")
