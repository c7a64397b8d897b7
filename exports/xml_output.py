"""XML files in which every carriage return survives: read raw, it becomes a line feed."""

from typing import BinaryIO


class XmlOutput:
    """A binary file that writes each carriage return as a character reference."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle

    def write(self, data: bytes) -> int:
        """Write a piece of XML whose own line breaks are line feeds."""
        self._handle.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Write what is held back."""
        self._handle.flush()
