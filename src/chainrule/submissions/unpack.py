"""Decompression with a ceiling: gzip, bzip2 and xz streams that may be bombs."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from .model import Refused

# A stream may ask for gigabytes of dictionary; the strongest preset of xz takes 65 MiB.
_XZ_MEMORY = 128 * 1024 * 1024
# Each further stream costs a copy of what is left; parallel compressors write some dozens.
_MOST_STREAMS = 256


class _Stream(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


_STREAMS: dict[bytes, Callable[[], _Stream]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
}


def inflate(data: bytes, allowed: int) -> bytes:
    """The bytes inside a compressed file; a file that is not compressed is returned as it is.

    Told by the first bytes: `hw.tar` is often a `hw.tar.gz` that somebody renamed.
    """
    start = next((start for start in _STREAMS if data.startswith(start)), None)
    if start is None:
        _within(data, allowed)
        return data
    try:
        return _inflate(data, _STREAMS[start], allowed)
    except (OSError, zlib.error, lzma.LZMAError, EOFError, ValueError, MemoryError):
        raise Refused("is damaged: it cannot be unpacked. Pack it again.") from None


def _inflate(data: bytes, start: Callable[[], _Stream], allowed: int) -> bytes:
    unpacked = bytearray()
    for _ in range(_MOST_STREAMS):
        stream = start()
        unpacked += stream.decompress(data, allowed + 1 - len(unpacked))
        _within(unpacked, allowed)
        if not stream.eof:
            raise Refused("is damaged: it ends too early. Pack it again.")
        data = stream.unused_data.lstrip(b"\0")  # tape blocks and gzip pad with zeros
        if not data:
            return bytes(unpacked)
    raise Refused("is packed in too many pieces. Make an ordinary zip of it.")


def _within(data: bytes | bytearray, allowed: int) -> None:
    if len(data) > allowed:
        raise Refused(bomb(allowed))


def bomb(allowed: int) -> str:
    """The sentence that refuses an archive which swells."""
    return (
        f"unpacks to more than {allowed:,} bytes. Put nothing but the assignments into it, "
        "and no data."
    )
