"""A stream that knows how much was read from it, and stops what would read on without end."""

from __future__ import annotations

from typing import BinaryIO


class TooMuch(Exception):
    """More was read than was allowed: what is read expands beyond measure, or is not what it should be."""


class Measured:
    """A stream to read from, where one step may not read more than was allowed for it.

    `position` is how far it was read, counted from where the stream stood. Raises `TooMuch` in the read that
    would go beyond.
    """

    __slots__ = ("_allowed", "_start", "_stream", "position")

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._start = start
        self._allowed = 0
        self.position = start

    def allow(self, size: int) -> None:
        """From here on, at most `size` bytes more may be read until the next call."""
        self._allowed = self.position + size

    def read(self, size: int = -1) -> bytes:
        """As of any stream."""
        if self.position > self._allowed:
            raise TooMuch
        data = self._stream.read(size)
        self.position += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of any stream; only readers that look for the stream's end ask for it."""
        self.position = self._stream.seek(offset, whence)
        return self.position

    def tell(self) -> int:
        """Where the stream stands, also where it is a pipe and cannot say so itself."""
        return self.position

    def close(self) -> None:
        """The stream belongs to whoever opened it."""
