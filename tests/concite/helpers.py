"""The command line, run in this process as a shell would run it."""

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from concite.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    """Run a command to its end; an exception that would be a traceback is raised."""
    out, err = io.StringIO(), io.StringIO()
    with patch.object(sys, "argv", ["concite", *map(str, arguments)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Ran(status, out.getvalue(), err.getvalue())


def error(status: int, *arguments: object) -> str:
    """The one line that a command fails with."""
    ran = run(*arguments)
    assert ran.status == status, ran
    (line,) = ran.err.splitlines()
    return line


def done(arguments: Sequence[object]) -> Ran:
    """A command that must succeed."""
    ran = run(*arguments)
    assert ran.status == 0, ran
    return ran
