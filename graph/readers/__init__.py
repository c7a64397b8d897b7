"""Readers: one file a format, from an input to papers and what is skipped."""

from ..input_formats import Format
from .formats import detect_format, read_argument, read_papers
from .inputs import Input

__all__ = ["Format", "Input", "detect_format", "read_argument", "read_papers"]
