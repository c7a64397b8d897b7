"""A server of a graph, running for the tests as a process of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[httpx.Client]:
    """A client of `concite serve`."""
    command = [sys.executable, "-m", "concite", "serve", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            found = re.search(r"http://[^/]+", server.stdout.readline())
            assert found, server.stderr and server.stderr.read()
            with httpx.Client(base_url=found[0], timeout=60, transport=httpx.HTTPTransport(retries=20)) as client:
                yield client
        finally:
            server.terminate()
            server.communicate(timeout=20)
