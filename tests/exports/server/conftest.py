"""A running server of the whole graph, shared by the tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ..whole import whole_graph
from .serving import serving


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "kg"
    whole_graph().write(folder)
    return folder


@pytest.fixture(scope="session")
def client(stored: Path) -> Iterator[httpx.Client]:
    """A client of a server that gives a query two seconds, and an answer at most a hundred rows."""
    with serving(stored, "--timeout", "2", "--limit", "100") as found:
        yield found
