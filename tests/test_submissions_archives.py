"""Hostile and broken archives: refused with a reason, in memory, and at nobody else's cost."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import time
import warnings
import zipfile
import zlib
from pathlib import Path
from types import ModuleType

import pytest
from submission_files import CODE, only_problem, pairs, take, tarred, write, zipped

from chainrule.submissions import IntakeLimits
from chainrule.submissions.archives import archive_stem
from chainrule.submissions.names import inert_name

GOOD = {"losses.py": CODE}


def refused(tmp_path: Path, name: str, data: bytes, limits: IntakeLimits | None = None) -> str:
    """Why ada's archive was refused, alone and within a class; bob's folder is graded."""
    write(tmp_path, f"class/ada{name}", text=data)
    write(tmp_path, "class/bob/losses.py")
    intake = take(tmp_path / "class", limits=limits)
    assert pairs(intake) == [("bob", "losses")]
    problem = only_problem(intake)
    assert problem.student == "ada"
    alone = only_problem(take(tmp_path / "class" / f"ada{name}", limits=limits))
    assert alone.reason == problem.reason
    assert problem.reason.endswith(".")
    assert problem.reason.isprintable()
    return problem.reason


UNSAFE = [
    "../losses.py",
    "a/../../losses.py",
    "ada/..",
    "/losses.py",
    "//host/losses.py",
    "C:/losses.py",
    "c:losses.py",
    "..\\losses.py",
    "ada\\losses.py",
]


@pytest.mark.parametrize("path", UNSAFE)
def test_a_member_whose_path_leads_astray(tmp_path: Path, path: str) -> None:
    for suffix, pack in ((".zip", zipped), (".tar", tarred)):
        reason = refused(tmp_path / suffix, suffix, pack({**GOOD, path: CODE}))
        assert "unsafe path" in reason
        assert f"'{path}'" in reason
    assert not (tmp_path / "losses.py").exists()


def test_a_path_with_a_nul(tmp_path: Path) -> None:
    data = zipped({**GOOD, "xor.py?.txt": CODE}).replace(b"xor.py?", b"xor.py\0")
    assert "unsafe path" in refused(tmp_path, ".zip", data)


def test_a_path_too_deep_or_too_long(tmp_path: Path) -> None:
    deep = zipped({**GOOD, "a/" * 40 + "x": b""})
    assert "folders more than" in refused(tmp_path / "1", ".zip", deep)
    long = tarred({**GOOD, "a" * 5000: b""})
    assert "a path of" in refused(tmp_path / "2", ".tar.gz", long)


LINKS = {
    "link": (stat.S_IFLNK, tarfile.SYMTYPE, "is a link"),
    "hard link": (None, tarfile.LNKTYPE, "is a hard link"),
    "FIFO": (stat.S_IFIFO, tarfile.FIFOTYPE, "FIFO"),
    "character device": (stat.S_IFCHR, tarfile.CHRTYPE, "a device"),
    "block device": (stat.S_IFBLK, tarfile.BLKTYPE, "a device"),
    "socket": (stat.S_IFSOCK, None, "a socket"),
}


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("name", ["losses.py", "data/x"])
def test_a_member_that_is_no_file(tmp_path: Path, kind: str, name: str) -> None:
    mode, tar_type, told = LINKS[kind]
    files = {"neuron.py": CODE, name: "/etc/passwd"}
    if mode is not None:
        data = zipped(files, {name: mode | 0o777})
        reason = refused(tmp_path / "zip", ".zip", data)
        assert told in reason
        assert f"'{name}'" in reason
    if tar_type is not None:
        reason = refused(tmp_path / "tar", ".tar", tarred(files, {name: tar_type}))
        assert told in reason
        assert f"'{name}'" in reason


def test_a_link_in_a_class_archive_concerns_its_student_only(tmp_path: Path) -> None:
    files = {"ada/losses.py": CODE, "ada/x": "../bob", "bob/losses.py": CODE, "cy": "bob"}
    write(tmp_path, "1.zip", text=zipped(files, {"ada/x": stat.S_IFLNK, "cy": stat.S_IFLNK}))
    kinds = {"ada/x": tarfile.SYMTYPE, "cy": tarfile.SYMTYPE}
    write(tmp_path, "1.tar", text=tarred(files, kinds))
    for name in ("1.zip", "1.tar"):
        intake = take(tmp_path / name)
        assert pairs(intake) == [("bob", "losses")]
        assert [problem.student for problem in intake.problems] == ["ada", "cy"]


def test_a_member_that_occurs_twice(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name in ("losses.py", "neuron.py", "losses.py", "README", "README"):
            archive.writestr(name, CODE)
    twice = io.BytesIO()
    with tarfile.open(fileobj=twice, mode="w") as tar:
        for name in ("losses.py", "neuron.py", "./losses.py"):
            tar.addfile(tarfile.TarInfo(name))
    write(tmp_path, "ada.zip", text=buffer.getvalue())
    write(tmp_path, "ada.tar", text=twice.getvalue())
    for name in ("ada.zip", "ada.tar"):
        intake = take(tmp_path / name)
        assert pairs(intake) == [("ada", "neuron")]
        assert "is in the archive twice" in only_problem(intake).reason
        assert only_problem(intake).assignment == "losses"


@pytest.mark.parametrize("names", [("losses.py", "losses.py/x"), ("losses.py/x", "losses.py")])
def test_a_member_that_is_file_and_folder(tmp_path: Path, names: tuple[str, str]) -> None:
    write(tmp_path, "ada.zip", text=zipped(dict.fromkeys((*names, "xor.py"), CODE)))
    intake = take(tmp_path / "ada.zip")
    assert pairs(intake) == [("ada", "xor")]
    assert "both a file and a folder" in only_problem(intake).reason


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    files = {"ada/losses.py": CODE, "ada/Losses.py": "x = 2\n", "ADA/losses.py": CODE}
    write(tmp_path, "class.zip", text=zipped(files))
    intake = take(tmp_path / "class.zip")
    assert pairs(intake) == [("ADA", "losses"), ("ada (2)", "losses")]
    assert intake.sources[1].code == CODE.encode()
    assert any("Losses.py was not graded" in note for note in intake.notes)


@pytest.mark.parametrize("name", ["a\nb", "\x1b[2Jada", "ada\u202exe", "ada\x07"])
def test_students_names_in_archives_are_inert(tmp_path: Path, name: str) -> None:
    files = {f"{name}/losses.py": CODE, f"{name}/neuron.py/x": CODE, "bob/losses.py": CODE}
    for suffix, data in {"zip": zipped(files), "tar": tarred(files)}.items():
        write(tmp_path, f"class.{suffix}", text=data)
        intake = take(tmp_path / f"class.{suffix}")
        assert inert_name(name) in [student for student, _ in pairs(intake)]
        assert all(student.isprintable() for student, _ in pairs(intake))
        assert only_problem(intake).path.isprintable()
        assert only_problem(intake).reason.isprintable()


@pytest.mark.parametrize("name", ["", ".", "..", "...", "/", "\\", "\0", " ", "\u200b"])
def test_no_name_is_empty_or_leads_anywhere(name: str) -> None:
    shown = inert_name(name)
    assert shown.strip(". ")
    assert not set("/\0") & set(shown)


def test_macos_names_are_read_as_utf8(tmp_path: Path) -> None:
    """Its archiver writes UTF-8, decomposed, without the flag that says so."""
    name = "Zoe\u0308"
    data = zipped({"Zoe??/losses.py": CODE, "bob/losses.py": CODE})
    write(tmp_path, "class.zip", text=data.replace(b"Zoe??", name.encode()))
    assert pairs(take(tmp_path / "class.zip")) == [("Zoë", "losses"), ("bob", "losses")]


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"losses.py": CODE, "neuron.py": CODE}))
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    write(tmp_path, "ada.zip", text=bytes(data))
    intake = take(tmp_path / "ada.zip")
    assert pairs(intake) == [("ada", "neuron")]
    assert "is encrypted. Pack it again without a password." in only_problem(intake).reason


def test_a_member_packed_by_a_rare_method(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("losses.py", CODE)
    write(tmp_path, "ada.zip", text=buffer.getvalue())
    assert "rare method" in only_problem(take(tmp_path / "ada.zip")).reason


BROKEN = {
    "empty": b"",
    "text": b"hello " * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "only a start": b"PK\x03\x04",
    "an end without a start": b"PK\x05\x06" + b"\xff" * 18,
}


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".tar.xz"])
@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_archive(tmp_path: Path, suffix: str, case: str) -> None:
    assert "Pack it again" in refused(tmp_path, suffix, BROKEN[case])


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_an_archive_that_was_cut_off(tmp_path: Path, mode: str) -> None:
    data = tarred({"losses.py": CODE * 5000}, mode=mode)
    assert "Pack it again" in refused(tmp_path / "tar", ".tar", data[: len(data) // 3])
    whole = zipped({"losses.py": CODE * 50})
    assert "damaged" in refused(tmp_path / "zip", ".zip", whole[:-30])


def test_a_member_that_was_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped({"losses.py": bytes(range(256)) * 4, "neuron.py": CODE}))
    data[60] ^= 0xFF
    write(tmp_path, "ada.zip", text=bytes(data))
    intake = take(tmp_path / "ada.zip")
    assert pairs(intake) == [("ada", "neuron")]
    assert "is damaged in the archive" in only_problem(intake).reason


def test_a_renamed_tar_is_read_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, "ada.tar", text=tarred(GOOD, mode="w:gz"))
    write(tmp_path, "bob.tgz", text=tarred(GOOD, mode="w"))
    assert pairs(take(tmp_path)) == [("ada", "losses"), ("bob", "losses")]


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


@pytest.mark.parametrize("suffix", [".rar", ".7z", ".RAR"])
def test_archives_of_another_kind_are_not_overlooked(tmp_path: Path, suffix: str) -> None:
    assert "Hand in a zip" in refused(tmp_path, suffix, b"Rar!")


def test_a_link_in_an_archive_in_a_students_folder(tmp_path: Path) -> None:
    data = zipped({"losses.py": CODE, "x": "/etc"}, {"x": stat.S_IFLNK})
    write(tmp_path, "ada/hw.zip", text=data)
    write(tmp_path, "bob/losses.py")
    intake = take(tmp_path)
    assert pairs(intake) == [("bob", "losses")]
    assert "holds 'x', which is a link" in only_problem(intake).reason


def test_an_oversized_extended_header(tmp_path: Path) -> None:
    size = 1 << 20
    data = _header(b"%o" % size, tarfile.XHDTYPE) + b"a" * size + _header(b"0") + bytes(1024)
    assert "oversized header" in refused(tmp_path, ".tar", data)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_dialect_of_tar_is_read(tmp_path: Path, form: int) -> None:
    folder = "Zoë-" + "a" * 60
    files = {f"{folder}/{'b' * 70}/losses.py": CODE, "bob/losses.py": CODE}
    write(tmp_path, "class.tar", text=tarred(files, form=form))
    assert pairs(take(tmp_path / "class.tar")) == [(folder, "losses"), ("bob", "losses")]


def test_a_sparse_member_is_refused_where_it_matters(tmp_path: Path) -> None:
    data = _header(b"0", tarfile.GNUTYPE_SPARSE) + _header(b"0", name="xor.py") + bytes(1024)
    write(tmp_path, "ada.tar", text=data)
    intake = take(tmp_path / "ada.tar")
    assert pairs(intake) == [("ada", "xor")]
    assert "rare method" in only_problem(intake).reason


def test_an_archive_without_an_assignment(tmp_path: Path) -> None:
    for suffix, data in {".zip": zipped({"README": ""}), ".tar": tarred({".hidden": ""})}.items():
        write(tmp_path, f"ada{suffix}", text=data)
        problem = only_problem(take(tmp_path / f"ada{suffix}"))
        assert "holds no assignment" in problem.reason
        assert "losses.py" in problem.reason


def test_stems_of_archives() -> None:
    assert archive_stem("ada.tar.gz") == "ada"
    assert archive_stem("Ada.B.ZIP") == "Ada.B"
    assert archive_stem("ada.gz") is None
    assert archive_stem("losses.py") is None


def test_no_archive_is_unpacked_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path, "class.zip", text=zipped({"ada/losses.py": CODE, "bob/losses.py": CODE}))
    assert len(take(tmp_path / "class.zip").sources) == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["class.zip"]
