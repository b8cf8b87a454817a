"""Tar archives, read in memory.

Headers are parsed by tarfile, but the walk from one to the next is ours: until mid-2025 tarfile's
own could be sent round in circles by a negative size (CVE-2025-8194), and it reads extended headers
of any size into memory.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from .members import Member
from .model import IntakeLimits, Refused
from .unpack import inflate

_BLOCK = tarfile.BLOCKSIZE
_LONGEST_HEADER = 64 * 1024
_MOST_RECORDS = 64
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_PAX = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_SKIPPED = (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK)
_ODD = {
    tarfile.SYMTYPE: "is a link in the archive.",
    tarfile.LNKTYPE: "is a hard link in the archive.",
    tarfile.FIFOTYPE: "is a named pipe (FIFO), not a file.",
    tarfile.CHRTYPE: "is a device, not a file.",
    tarfile.BLKTYPE: "is a device, not a file.",
}


def tar_members(data: bytes, limits: IntakeLimits) -> Iterator[Member]:
    """The members of a tar archive, compressed or not, that keeps to the limits."""
    plain = inflate(data, limits.allowed(len(data)))
    path = ""  # from an extended header, for the member after it
    for count, (header, start) in enumerate(_headers(plain)):
        if count >= limits.members:
            raise Refused(f"holds more than {limits.members:,} files. Remove what is not needed.")
        if header.type in _PAX:
            path = _pax_path(_extended(plain, header, start)) or path
        elif header.type == tarfile.GNUTYPE_LONGNAME:
            path = _text(_extended(plain, header, start).rstrip(b"\0"))
        elif header.type not in _SKIPPED:
            yield _member(path or header.name, header, plain, start)
            path = ""


def _headers(plain: bytes) -> Iterator[tuple[tarfile.TarInfo, int]]:
    """Each header, and where its data starts; every step leads onwards."""
    at = 0
    while at + _BLOCK <= len(plain):
        block = plain[at : at + _BLOCK]
        if not block.strip(b"\0"):
            return
        header = _header(block)
        # tarfile gives links a size of their own now and then, which no data follows.
        follows = 0 if header.type in _ODD else header.size
        start = at + _BLOCK
        if header.size < 0 or start + follows > len(plain):
            raise Refused("is damaged: it ends too early. Pack it again.")
        yield header, start
        at = start + -(-follows // _BLOCK) * _BLOCK
    if at == 0:
        raise Refused("is no tar archive. Pack it again.")


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError, OverflowError):
        raise Refused("is damaged or no tar archive at all. Pack it again.") from None


def _member(path: str, header: tarfile.TarInfo, plain: bytes, start: int) -> Member:
    if header.type in _ODD:
        return Member(path, refused=_ODD[header.type], hostile=True)
    if header.type == tarfile.DIRTYPE or path.endswith("/"):
        return Member(path)
    if header.type not in _FILES:
        return Member(path, refused="is packed by a rare method. Pack it as an ordinary zip.")
    size = header.size
    return Member(path, size, lambda limit: plain[start : start + min(size, limit)])


def _extended(plain: bytes, header: tarfile.TarInfo, start: int) -> bytes:
    if header.size > _LONGEST_HEADER:
        raise Refused("holds an oversized header. Pack it again.")
    return plain[start : start + header.size]


def _pax_path(records: bytes) -> str:
    """The path among pax records, each "<its length> <key>=<value>\\n".

    A size there means a file above 8 GiB or a forgery, a sparse file is not stored as it reads:
    both are refused.
    """
    path = ""
    for _ in range(_MOST_RECORDS):
        if not records:
            return path
        digits = records[:7].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        if not len(digits) + 1 < length <= len(records):
            break
        key, _, value = records[len(digits) + 1 : length].removesuffix(b"\n").partition(b"=")
        if key == b"size" or key.startswith(b"GNU.sparse"):
            raise Refused("holds a sparse or gigantic file. Pack nothing but the assignments.")
        path = _text(value) if key == b"path" else path
        records = records[length:]
    raise Refused("is damaged: it has a broken header. Pack it again.")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
