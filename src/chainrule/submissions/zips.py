"""Zip archives, read in memory."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator

from .disk import describe
from .members import Member
from .model import IntakeLimits, Refused
from .names import inert
from .unpack import bomb

_ENTRY = b"PK\x01\x02"
_LONGEST_EXTRA = 4096
_ENCRYPTED = 0x1
_UTF8_NAMES = 0x800
# The others are rare, and their decoders take as much memory as the archive tells them to.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def zip_members(data: bytes, limits: IntakeLimits) -> Iterator[Member]:
    """The members of a zip archive that keeps to the limits."""
    _must_be_modest(data, limits)
    archive = _opened(data)
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > limits.allowed(len(data)):
        raise Refused(bomb(limits.allowed(len(data))))
    for info in infos:
        yield _member(archive, info)


def _must_be_modest(data: bytes, limits: IntakeLimits) -> None:
    """Look over the directory's entries, by their signature, before zipfile reads them.

    It makes an object of each, and takes quadratic time for an entry's extra fields.
    """
    at, count = data.find(_ENTRY), 0
    while at >= 0:
        count += 1
        if count > limits.members:
            raise Refused(f"holds more than {limits.members:,} files. Remove what is not needed.")
        if int.from_bytes(data[at + 30 : at + 32], "little") > _LONGEST_EXTRA:
            raise Refused("holds an oversized header. Pack it again.")
        at = data.find(_ENTRY, at + 4)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    # zipfile promises BadZipFile but lets struct, codec and seek errors of forged headers through.
    except Exception:  # noqa: BLE001 (see above)
        raise Refused("is damaged or no zip archive at all. Pack it again.") from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    path = _path(info)
    mode = info.external_attr >> 16
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK:
        return Member(path, refused="is a link in the archive.", hostile=True)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return Member(path, refused=describe(mode), hostile=True)
    if path.endswith("/"):
        return Member(path)
    if info.flag_bits & _ENCRYPTED:
        return Member(path, refused="is encrypted. Pack it again without a password.")
    if info.compress_type not in _METHODS:
        return Member(path, refused="is packed by a rare method. Pack it as an ordinary zip.")
    return Member(path, info.file_size, lambda limit: _load(archive, info, limit))


def _path(info: zipfile.ZipInfo) -> str:
    """The member's path; macOS writes UTF-8 without saying so, which zipfile takes for cp437."""
    path = info.orig_filename  # unlike `filename`, not cut off at a NUL
    if info.flag_bits & _UTF8_NAMES:
        return path
    try:
        return path.encode("cp437").decode("utf-8")
    except UnicodeError:
        return path


def _load(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """What the member unpacks to, at most `limit` bytes of it, whatever its header claims."""
    try:
        with archive.open(info) as stream:
            return stream.read(limit)
    # As above: a forged member raises whatever its decoder trips over.
    except Exception as error:  # noqa: BLE001 (see above)
        raise Refused(
            f"is damaged in the archive ({inert(str(error))[:80]}). Pack it again."
        ) from None
