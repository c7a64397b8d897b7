"""Readers: one file a format, from an input to papers and what is skipped."""

from .formats import Format, detect_format, read_papers
from .inputs import Input

__all__ = ["Format", "Input", "detect_format", "read_papers"]
