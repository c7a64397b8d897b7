"""The examples in the docstrings of the public API give what they show, on the bundled sample."""

import doctest
from importlib import import_module

import pytest

import concite

MODULES = ("concite", "concite.analyses", "concite.api", "concite.graph.knowledge")


@pytest.fixture(scope="module")
def sample() -> concite.KnowledgeGraph:
    return concite.build()


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str, sample: concite.KnowledgeGraph) -> None:
    module = import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    found = [test for test in doctest.DocTestFinder().find(module, name, globs={"graph": sample}) if test.examples]
    for test in found:
        runner.run(test)
    assert found
    assert runner.summarize(verbose=False).failed == 0
