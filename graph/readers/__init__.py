"""Readers: one file a format, from an input to papers and what is skipped."""

from .formats import detect_format, read_argument, read_papers
from .inputs import Input
from .names import Format

__all__ = ["Format", "Input", "detect_format", "read_argument", "read_papers"]
