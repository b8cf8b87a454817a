"""Downloads and clones as other systems name them become a class; nobody overwrites anybody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from submission_files import CODE, pairs, take, write, zipped

from chainrule.cli.main import cli
from chainrule.gather.commits import committed
from chainrule.gather.conventions import common_prefix, downloaded, unversioned

COURSE = Path(__file__).parent.parent
GIT = shutil.which("git")


def collect(*args: object) -> Result:
    words = ["collect", *map(str, args), "--course", str(COURSE)]
    return CliRunner().invoke(cli, words, standalone_mode=False)


def files(root: Path) -> dict[str, str]:
    """Everything below a folder but the list."""
    found = (p for p in root.rglob("*") if p.is_file() and p.name != ".collected.json")
    return {p.relative_to(root).as_posix(): p.read_text() for p in found}


def listed(root: Path) -> dict[str, dict[str, object]]:
    return dict(json.loads((root / ".collected.json").read_text())["students"])


def status(result: Result) -> int:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code


def test_a_canvas_download(tmp_path: Path) -> None:
    src = tmp_path / "submissions"
    write(src, "lovelaceada_1_50_losses.py", text="a = 1\n")
    write(src, "lovelaceada_LATE_1_51_neuron-2.py", text="a = 2\n")
    write(src, "smithjo_2_60_losses.py", text="b = 1\n")
    write(src, "smithjo_3_70_losses.py", text="c = 1\n")
    assert status(collect(src, "--output", tmp_path / "class")) == 0
    assert files(tmp_path / "class") == {
        "lovelaceada_1/losses.py": "a = 1\n",
        "lovelaceada_1/neuron.py": "a = 2\n",
        "smithjo_2/losses.py": "b = 1\n",
        "smithjo_3/losses.py": "c = 1\n",
    }
    late = {name: student["late"] for name, student in listed(tmp_path / "class").items()}
    assert late == {"lovelaceada_1": True, "smithjo_2": False, "smithjo_3": False}
    intake = take(tmp_path / "class")
    assert ("smithjo_2", "losses") in pairs(intake)
    assert not intake.notes
    assert not intake.problems


def test_resubmissions_are_kept_apart_and_the_last_one_counts(tmp_path: Path) -> None:
    src = tmp_path / "submissions"
    write(src, "a_1_50_losses.py", text="first\n")
    write(src, "a_1_52_losses-2.py", text="third\n")
    write(src, "a_1_51_losses-1.py", text="second\n")
    result = collect(src, "--output", tmp_path / "class")
    assert "2 earlier kept apart" in result.output
    assert files(tmp_path / "class") == {
        "a_1/losses.py": "third\n",
        "a_1/.earlier/1/losses.py": "first\n",
        "a_1/.earlier/2/losses.py": "second\n",
    }
    (tmp_path / "class/a_1/losses.py").write_text(CODE)
    assert pairs(take(tmp_path / "class")) == [("a_1", "losses")]


@pytest.mark.parametrize("zipped_up", [False, True])
def test_a_moodle_download(tmp_path: Path, zipped_up: bool) -> None:
    names = {
        "Ada Lovelace_12_assignsubmission_file_/losses.py": "a\n",
        "Ada Lovelace_13_assignsubmission_file_/losses.py": "b\n",
        "Jo d'Arc_14_assignsubmission_file_losses.py": "c\n",
    }
    src = tmp_path / "download"
    if zipped_up:
        src = tmp_path / "download.zip"
        src.write_bytes(zipped(names))
    else:
        for name, text in names.items():
            write(src, name, text=text)
    assert status(collect(src, "--output", tmp_path / "class")) == 0
    assert files(tmp_path / "class") == {
        "Ada Lovelace_12/losses.py": "a\n",
        "Ada Lovelace_13/losses.py": "b\n",
        "Jo d'Arc_14/losses.py": "c\n",
    }


def test_clones_lose_what_their_names_share(tmp_path: Path) -> None:
    src = tmp_path / "clones"
    write(
        src, "ml-losses-ada/losses.py", "ml-losses-bob-b/src/losses.py", "ml-losses-Eve/losses.py"
    )
    write(src, "ml-losses-ada/.github/workflows/check.yml", text="on: push")
    result = collect(src, "--output", tmp_path / "class")
    assert status(result) == 0
    assert "what follows 'ml-losses-' is the student" in result.output
    assert set(files(tmp_path / "class")) == {
        "ada/losses.py",
        "bob-b/src/losses.py",
        "Eve/losses.py",
    }
    assert [s for s, _ in pairs(take(tmp_path / "class"))] == ["Eve", "ada", "bob-b"]


def test_two_folders_of_clones_make_one_class_by_login(tmp_path: Path) -> None:
    one = write(tmp_path / "one", "losses-ada/losses.py", "losses-bob/losses.py")
    two = write(tmp_path / "two", "neuron-Ada/neuron.py", "neuron-bob/neuron.py")
    assert status(collect(one, two, "--output", tmp_path / "class")) == 0
    assert set(files(tmp_path / "class")) == {
        f"{student}/{file}.py" for student in ("ada", "bob") for file in ("losses", "neuron")
    }


def test_a_prefix_can_be_named(tmp_path: Path) -> None:
    src = write(
        tmp_path / "clones", "hw-anna-b/losses.py", "hw-anna-c/losses.py", "other/losses.py"
    )
    result = collect(src, "--prefix", "hw-", "--output", tmp_path / "class")
    assert status(result) == 1
    assert "does not start with 'hw-'" in result.output
    assert set(files(tmp_path / "class")) == {"anna-b/losses.py", "anna-c/losses.py"}


@pytest.mark.skipif(GIT is None, reason="needs git")
@pytest.mark.parametrize("packed", [False, True])
def test_lateness_by_the_last_commit(tmp_path: Path, packed: bool) -> None:
    for name, date in (("ada", "2026-06-01T10:00:00+0200"), ("bob", "2026-06-03T10:00:00+0200")):
        clone = write(tmp_path / "clones" / f"losses-{name}", "losses.py")
        when = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "HOME": str(tmp_path)}
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        orders = [["init", "-q"], ["add", "."], [*who, "commit", "-qm", "it"]]
        for order in orders + ([["gc", "-q"], ["pack-refs", "--all"]] if packed else []):
            subprocess.run(
                [GIT or "git", *order], cwd=clone, env=os.environ | when, check=True, timeout=30
            )
    src, out = tmp_path / "clones", tmp_path / "class"
    assert status(collect(src, "--output", out, "--due", "2026-06-02T12:00+02:00")) == 0
    assert {n: s["late"] for n, s in listed(out).items()} == {"ada": False, "bob": True}
    times = {s.student: s.timestamp for s in take(out).sources}
    assert times == {"ada": 1780300800.0, "bob": 1780473600.0}


@pytest.mark.skipif(GIT is None, reason="needs git")
def test_a_clone_s_settings_run_nothing(tmp_path: Path) -> None:
    clone = write(tmp_path / "losses-eve", "losses.py")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for order in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "it"]):
        subprocess.run([GIT or "git", *order], cwd=clone, check=True, timeout=30)
    sign = tmp_path / "sign"
    sign.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    sign.chmod(0o755)
    with (clone / ".git" / "config").open("a") as config:
        config.write(f"[log]\nshowSignature = true\n[gpg]\nprogram = {sign}\n")
        config.write(f"[core]\nfsmonitor = {sign}\npager = {sign}\n")
    assert committed(clone) is not None
    assert not (tmp_path / "ran").exists()
    (clone / ".git" / "HEAD").write_text("ref: refs/../../../../etc/passwd")
    assert committed(clone) is None


@pytest.mark.skipif(GIT is None, reason="needs git")
@pytest.mark.parametrize(("size", "known"), [(100_000, True), (20_000_000, False)])
def test_a_commit_that_swells_is_not_unpacked(tmp_path: Path, size: int, known: bool) -> None:
    def git(*order: str, given: bytes = b"") -> str:
        ran = subprocess.run(
            [GIT or "git", *order], cwd=tmp_path, input=given, capture_output=True, check=True
        )
        return ran.stdout.decode().strip()

    git("init", "-q")
    tree = git("hash-object", "-t", "tree", "-w", "--stdin")
    said = f"tree {tree}\nauthor x <x@x> 1780300800 +0000\ncommitter x <x@x> 1780300800 +0000\n\n"
    large = git(
        *("hash-object", "-t", "commit", "-w", "--literally", "--stdin"),
        given=said.encode() + b"\n" * size,
    )
    (tmp_path / ".git" / "HEAD").write_text(large)
    assert committed(tmp_path) == (1780300800.0 if known else None)


def test_names_lead_nowhere_and_overwrite_nobody(tmp_path: Path) -> None:
    hostile = {
        "..\\up_1_5_losses.py": "a\n",
        "..\\up_2_5_losses.py": "b\n",
        "CON?_3_6_losses.py": "c\n",
    }
    src = tmp_path / "in" / "submissions"
    for name, text in hostile.items():
        write(src, name, text=text)
    folders = tmp_path / "in" / "folders"
    write(folders, "..\\..\\x_4_assignsubmission_file_/losses.py", text="d\n")
    (src / "link_7_8_losses.py").symlink_to("/etc/passwd")
    result = collect(src, folders, "--output", tmp_path / "in" / "class")
    assert status(result) == 1
    assert "link_7_8_losses.py" in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]
    assert sorted(p.name for p in (tmp_path / "in").iterdir()) == [
        "class",
        "folders",
        "submissions",
    ]
    assert sorted(files(tmp_path / "in" / "class").values()) == ["a\n", "b\n", "c\n", "d\n"]


def test_a_zip_with_a_way_out_is_refused(tmp_path: Path) -> None:
    src = tmp_path / "download.zip"
    src.write_bytes(zipped({"../x_1_2_losses.py": "evil\n", "a_3_4_losses.py": "good\n"}))
    collect(src, "--output", tmp_path / "class")
    assert not (tmp_path.parent / "x_1_2_losses.py").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) in (
        ["class", "download.zip"],
        ["download.zip"],
    )


def test_what_names_nobody_is_told_and_stops_nothing(tmp_path: Path) -> None:
    src = write(tmp_path / "submissions", "a_1_2_losses.py", "losses.py", "b_2_3_essay.pdf")
    result = collect(src, "--output", tmp_path / "class")
    assert status(result) == 1
    assert "tells no student" in result.output
    assert set(files(tmp_path / "class")) == {"a_1/losses.py"}


VICTIM = "Vic Tim_999_assignsubmission_file_neuron.py"


@pytest.mark.parametrize("version", ["", "-9"])
def test_a_file_on_moodle_may_be_called_like_another_student_s(
    tmp_path: Path, version: str
) -> None:
    src = write(tmp_path / "download", VICTIM)
    name = f"Mal Lory_123_assignsubmission_file_x_999_assignsubmission_file_neuron{version}.py"
    write(src, name, text="evil\n")
    assert status(collect(src, "--output", tmp_path / "class")) == 0
    assert files(tmp_path / "class") == {
        "Vic Tim_999/neuron.py": CODE,
        f"Mal Lory_123/x_999_assignsubmission_file_neuron{version}.py": "evil\n",
    }


@pytest.mark.parametrize("others", [[], ["victim_999_777_neuron.py"]])
def test_a_file_on_canvas_may_be_called_like_one_of_moodle_s(
    tmp_path: Path, others: list[str]
) -> None:
    name = "mallory_123_456_x_999_assignsubmission_file_neuron.py"
    src = write(tmp_path / "download", name, *others)
    assert status(collect(src, "--output", tmp_path / "class")) == 0
    assert sorted(p.name for p in (tmp_path / "class").iterdir() if p.is_dir()) == [
        "mallory_123",
        *(["victim_999"] if others else []),
    ]


def test_a_download_is_of_one_system(tmp_path: Path) -> None:
    src = write(tmp_path / "download", "a_1_50_losses.py", "b_2_51_losses.py", VICTIM)
    write(src, "Ada_7_assignsubmission_file_/losses.py", "c_3_52_losses.py")
    result = collect(src, "--output", tmp_path / "class")
    assert status(result) == 1
    assert result.output.count("called as another system would") == 2
    assert set(files(tmp_path / "class")) == {"a_1/losses.py", "b_2/losses.py", "c_3/losses.py"}


def test_under_an_id_with_two_names_nothing_is_collected(tmp_path: Path) -> None:
    src = write(tmp_path / "download", VICTIM, "Ada_7_assignsubmission_file_losses.py")
    write(src, "x_999_assignsubmission_file_y_123_assignsubmission_file_neuron.py", text="evil\n")
    result = collect(src, "--output", tmp_path / "class")
    assert status(result) == 1
    assert "goes with the names 'Vic Tim_999' and 'x_999'" in result.output
    assert set(files(tmp_path / "class")) == {"Ada_7/losses.py"}


def test_nothing_is_collected_over_a_class(tmp_path: Path) -> None:
    write(tmp_path / "class", "ada/losses.py")
    src = write(tmp_path / "submissions", "a_1_2_losses.py")
    result = collect(src, "--output", tmp_path / "class")
    assert "is not empty" in str(result.exception)


@pytest.mark.parametrize(
    ("name", "key", "file", "late"),
    [
        ("lovelaceada_1_50_losses.py", "canvas 1", "losses.py", False),
        ("łukasz_LATE_1_50_my_own_losses.py", "canvas 1", "my_own_losses.py", True),
        ("A_B C_9_assignsubmission_file_", "moodle 9", "", False),
        ("A_9_assignsubmission_onlinetext_x.py", "moodle 9", "x.py", False),
    ],
)
def test_conventions(name: str, key: str, file: str, late: bool) -> None:
    who = downloaded(name)
    assert who is not None
    assert (who.key, who.file, who.late) == (key, file, late)


@pytest.mark.parametrize(
    "name", ["ada", "losses.py", "losses-ada", "a_b_c_losses.py", "a_1_losses.py"]
)
def test_no_convention(name: str) -> None:
    assert downloaded(name) is None


def test_what_names_share() -> None:
    assert common_prefix(["hw1-ada", "hw1-bob"]) == "hw1-"
    assert common_prefix(["ada", "bob"]) == ""
    assert common_prefix(["hw1-ada"]) == ""
    assert common_prefix(["hw1-ada", "hw1-adam"]) == "hw1-"


def test_versions() -> None:
    assert unversioned("losses-3.py", ["losses"]) == ("losses.py", 3)
    assert unversioned("losses (1).ipynb", ["losses"]) == ("losses.ipynb", 1)
    assert unversioned("week-3.py", ["losses"]) == ("week-3.py", 0)
