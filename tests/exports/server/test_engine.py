"""The engine: one nursery for all questions, started anew when it dies, and gone when it is closed."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from concite.exports.serialisation import write_nquads
from concite.exports.server.answers import Answer, Question
from concite.exports.server.engine import AT_ONCE, Engine, EngineError

from ..whole import whole_graph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    write_nquads(whole_graph(), tmp_path / "graph.nq")
    engine = Engine(tmp_path / "graph.nq", seconds=2)
    engine.start()
    yield engine
    engine.close()


def ask(engine: Engine, *queries: str) -> list[Answer]:
    async def together() -> list[Answer]:
        return await asyncio.gather(*(engine.ask(Question(query)) for query in queries))

    return asyncio.run(together())


def nursery(engine: Engine) -> subprocess.Popen[bytes]:
    assert engine._nursery
    return engine._nursery


def test_questions_are_answered_together(engine: Engine) -> None:
    answers = ask(engine, *["ASK { ?p co:uses ?c }"] * 20)
    assert {(answer.status, answer.body) for answer in answers} == {(200, b'{"head":{},"boolean":true}')}


def test_a_nursery_that_dies_is_started_anew(engine: Engine) -> None:
    os.kill(nursery(engine).pid, signal.SIGKILL)
    nursery(engine).wait()
    assert [answer.status for answer in ask(engine, *["ASK {}"] * 3)] == [200] * 3


def test_a_closed_engine_leaves_no_process(engine: Engine) -> None:
    process = nursery(engine)
    engine.close()
    assert process.returncode is not None


def test_who_waits_too_long_for_others_is_told_that_the_server_is_busy(tmp_path: Path) -> None:
    write_nquads(whole_graph(), tmp_path / "graph.nq")
    engine = Engine(tmp_path / "graph.nq", seconds=2)
    engine.start()
    try:
        answers = ask(engine, *[ENDLESS] * AT_ONCE * 3)
    finally:
        engine.close()
    assert {answer.status for answer in answers} <= {422, 503}
    assert sum(answer.status == 422 for answer in answers) >= AT_ONCE


def test_a_file_that_is_no_rdf_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("nonsense")
    engine = Engine(tmp_path / "graph.nq")
    with pytest.raises(EngineError, match="cannot be loaded"):
        engine.start()
    engine.close()
