"""Hostile and broken archives: refused with a reason, in memory, and at nobody else's cost."""

from __future__ import annotations

import io
import stat
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from submission_files import CODE, GOOD, only_problem, pairs, refused, take, tarred, write, zipped

from chainrule.submissions.archives import archive_stem

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


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_dialect_of_tar_is_read(tmp_path: Path, form: int) -> None:
    folder = "Zoë-" + "a" * 60
    files = {f"{folder}/{'b' * 70}/losses.py": CODE, "bob/losses.py": CODE}
    write(tmp_path, "class.tar", text=tarred(files, form=form))
    assert pairs(take(tmp_path / "class.tar")) == [(folder, "losses"), ("bob", "losses")]


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
