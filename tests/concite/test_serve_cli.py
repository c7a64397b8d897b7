"""`concite serve` as a command: what it says, where it listens, and one clear line for what goes wrong."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from concite.graph.knowledge import KnowledgeGraph

from .helpers import error


@pytest.fixture
def stored(tmp_path: Path, graph: KnowledgeGraph) -> Path:
    graph.write(tmp_path / "kg")
    return tmp_path / "kg"


def start(stored: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "concite", "serve", str(stored), "--port", "0", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(server: subprocess.Popen[str]) -> list[str]:
    """The three lines that tell the addresses."""
    assert server.stdout
    return [server.stdout.readline() for _ in range(3)]


def test_it_says_where_everything_is_and_ends_quietly_on_ctrl_c(stored: Path) -> None:
    with start(stored) as server:
        lines = said(server)
        assert [line.split("http")[0].strip() for line in lines] == ["explorer", "query page", "SPARQL"]
        for line in lines:
            transport = httpx.HTTPTransport(retries=20)
            with httpx.Client(transport=transport, follow_redirects=True, timeout=60) as client:
                assert client.get("http" + line.strip().split("http")[1]).status_code == 200
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert out == ""
    assert "Traceback" not in err


def test_only_this_machine_is_served_unless_the_host_says_else_with_a_warning(stored: Path) -> None:
    with start(stored) as local, start(stored, "--host", "0.0.0.0") as wide:
        addresses = said(local), said(wide)
        local.send_signal(signal.SIGTERM)
        wide.send_signal(signal.SIGTERM)
        errors = local.communicate(timeout=30)[1], wide.communicate(timeout=30)[1]
    assert "http://127.0.0.1:" in addresses[0][0]
    assert "warning" not in errors[0]
    assert "warning: other machines reach 0.0.0.0" in errors[1]


def test_nothing_stays_behind(stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    with start(stored) as server:
        said(server)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_port_in_use_is_one_clear_line(stored: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = error(1, "serve", stored, "--port", port)
    assert line.startswith(f"concite: 127.0.0.1:{port}: cannot listen there (")
    assert line.endswith("choose another --port or --host")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--base", "nothing"], 1),
        (["--host", "no.such.host.invalid"], 1),
        (["--port", "99999"], 2),
        (["--timeout", "0"], 2),
        (["--limit", "0"], 2),
    ],
)
def test_what_cannot_be_served_is_told(stored: Path, options: list[str], status: int) -> None:
    from .helpers import run

    ran = run("serve", stored, *options)
    assert ran.status == status
    assert "Traceback" not in ran.err


def test_a_directory_that_is_no_graph_is_told(tmp_path: Path) -> None:
    assert "this is no graph" in error(1, "serve", tmp_path)
