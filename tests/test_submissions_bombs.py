"""Archives that unpack to more than they say, or whose headers lie: refused at little cost."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
import zlib
from pathlib import Path
from types import ModuleType

import pytest
from submission_files import CODE, GOOD, only_problem, pairs, refused, take, tarred, write, zipped

from chainrule.submissions import IntakeLimits

TIGHT = IntakeLimits(unpacked_bytes=3_000_000, small_bytes=100_000, ratio=50, members=50)
ZEROS = bytes(5_000_000)
BOMBS = {
    ".zip": zipped({**GOOD, "zeros": ZEROS}),
    ".tar": tarred({**GOOD, "zeros": ZEROS}, mode="w"),
    ".tar.gz": tarred({**GOOD, "zeros": ZEROS}, mode="w:gz"),
    ".tar.bz2": tarred({**GOOD, "zeros": ZEROS}, mode="w:bz2"),
    ".tar.xz": tarred({**GOOD, "zeros": ZEROS}, mode="w:xz"),
}


@pytest.mark.parametrize("suffix", BOMBS)
def test_a_bomb(tmp_path: Path, suffix: str) -> None:
    assert "unpacks to more than" in refused(tmp_path, suffix, BOMBS[suffix], TIGHT)


def test_a_bomb_whose_header_lies(tmp_path: Path) -> None:
    """Declared as 10 bytes, the member must not unpack to more."""
    data = bytearray(zipped({"losses.py": bytes(2_000_000), "neuron.py": CODE}))
    for start in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        assert struct.unpack_from("<I", data, start) == (2_000_000,)
        struct.pack_into("<I", data, start, 10)
    write(tmp_path, "ada.zip", text=bytes(data))
    intake = take(tmp_path / "ada.zip")
    assert pairs(intake) == [("ada", "neuron")]
    assert "damaged" in only_problem(intake).reason


def test_overlapping_members_do_not_multiply(tmp_path: Path) -> None:
    """Many entries that share one compressed blob: the sum of their sizes counts."""
    many = {f"{number}.txt": bytes(400_000) for number in range(30)}
    assert "unpacks to more" in refused(tmp_path, ".zip", zipped(many), TIGHT)


def test_too_many_members(tmp_path: Path) -> None:
    files = {f"{number}.txt": "" for number in range(60)}
    for suffix, pack in ((".zip", zipped), (".tar", tarred)):
        reason = refused(tmp_path / suffix, suffix, pack({**files, **GOOD}), TIGHT)
        assert "holds more than 50 files" in reason


def test_an_archive_too_large_to_be_read(tmp_path: Path) -> None:
    reason = refused(tmp_path, ".zip", zipped(GOOD), IntakeLimits(archive_bytes=50))
    assert "is too large" in reason


def test_a_member_too_large_for_a_module(tmp_path: Path) -> None:
    write(tmp_path, "ada.zip", text=zipped({"losses.py": "#" * 1001, "xor.py": CODE}))
    intake = take(tmp_path / "ada.zip", limits=IntakeLimits(module_bytes=1000))
    assert pairs(intake) == [("ada", "xor")]
    assert "more than 1,000 bytes" in only_problem(intake).reason


def test_a_students_bomb_costs_the_others_nothing(tmp_path: Path) -> None:
    inner = {"ada.zip": BOMBS[".zip"], "bob.zip": zipped(GOOD), "cy.tar": BOMBS[".tar.gz"]}
    write(tmp_path, "class.zip", text=zipped(inner))
    intake = take(tmp_path / "class.zip", limits=TIGHT)
    assert pairs(intake) == [("bob", "losses")]
    assert [problem.student for problem in intake.problems] == ["ada", "cy"]


@pytest.mark.parametrize("module", [gzip, bz2, lzma])
def test_streams_without_end(tmp_path: Path, module: ModuleType) -> None:
    start = time.process_time()
    reason = refused(tmp_path, ".tar.gz", module.compress(b"") * 20_000)
    assert "too many pieces" in reason
    assert time.process_time() - start < 5


def test_an_archive_in_several_streams_is_read(tmp_path: Path) -> None:
    plain = tarred(GOOD, mode="w")
    half = len(plain) // 2
    write(tmp_path, "ada.tgz", text=gzip.compress(plain[:half]) + gzip.compress(plain[half:]))
    assert pairs(take(tmp_path / "ada.tgz")) == [("ada", "losses")]


def test_an_xz_that_asks_for_gigabytes(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(tarred(GOOD, mode="w"), filters=filters))
    at = data.index(b"\x21\x01", 12) + 2  # the filter's property: its dictionary's size
    data[at] = 40  # 4 GiB
    header = bytes(data[12 : 12 + (data[12] + 1) * 4 - 4])
    struct.pack_into("<I", data, 12 + len(header), zlib.crc32(header))
    assert "damaged" in refused(tmp_path, ".tar.xz", bytes(data))


def _header(size: bytes, kind: bytes = tarfile.REGTYPE, name: str = "losses.py") -> bytes:
    """A tar header with a size field of our own and the checksum that goes with it."""
    info = tarfile.TarInfo(name)
    info.type = kind
    block = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    block[124:136] = size.ljust(12, b"\0")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


NEGATIVE = b"\xff" * 8 + struct.pack(">i", -1024)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
@pytest.mark.parametrize("size", [NEGATIVE, b"-2000", b"7" * 11, b"\x80" + b"\x7f" * 11])
def test_a_tar_header_whose_size_lies(tmp_path: Path, kind: bytes, size: bytes) -> None:
    data = _header(b"0", name="x") + _header(size, kind) + bytes(2048)
    reason = refused(tmp_path, ".tar", data)
    assert "damaged" in reason or "too early" in reason


@pytest.mark.parametrize(
    "records",
    [
        b"nonsense",
        b"0 path=x\n",
        b"3 a\n",
        b"-5 path=x\n",
        b"999999999 path=x\n",
        b"18 size=9999999\n",
        b"22 GNU.sparse.major=1\n",
        "²5 path=x\n".encode(),
    ],
)
def test_a_broken_extended_header(tmp_path: Path, records: bytes) -> None:
    extended = _header(b"%o" % len(records), tarfile.XHDTYPE) + records.ljust(512, b"\0")
    reason = refused(tmp_path, ".tar", extended + _header(b"0") + bytes(1024))
    assert "Pack" in reason


def test_endless_records_in_extended_headers(tmp_path: Path) -> None:
    records = b"6 a=b\n" * 10_000
    extended = _header(b"%o" % len(records), tarfile.XHDTYPE)
    data = extended + records.ljust(-(-len(records) // 512) * 512, b"\0") + _header(b"0")
    assert "broken header" in refused(tmp_path, ".tar", data + bytes(1024))


def test_oversized_extra_fields_of_a_zip(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("losses.py")
        info.extra = b"\xff\xff\0\0" * 2000
        archive.writestr(info, CODE)
    assert "oversized header" in refused(tmp_path, ".zip", buffer.getvalue())


def test_an_oversized_extended_header(tmp_path: Path) -> None:
    size = 1 << 20
    data = _header(b"%o" % size, tarfile.XHDTYPE) + b"a" * size + _header(b"0") + bytes(1024)
    assert "oversized header" in refused(tmp_path, ".tar", data)


def test_a_sparse_member_is_refused_where_it_matters(tmp_path: Path) -> None:
    data = _header(b"0", tarfile.GNUTYPE_SPARSE) + _header(b"0", name="xor.py") + bytes(1024)
    write(tmp_path, "ada.tar", text=data)
    intake = take(tmp_path / "ada.tar")
    assert pairs(intake) == [("ada", "xor")]
    assert "rare method" in only_problem(intake).reason
