"""The gradebook that `chainrule grade` writes: by one writer, idempotent, manual scores kept."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command, in_process
from nbgrader.api import Gradebook
from nbgrader_class import ASSIGNMENT, LONG, Graded, graded, rows, run

from chainrule.cli import nbgrader as nbgrader_command

__all__ = ["graded"]
pytestmark = LONG
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    return in_process(monkeypatch, capfd)


@pytest.fixture
def nb(graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """nbgrader's course, as its own commands leave it, in a copy to be changed."""
    for part in ("graders", "solutions"):
        (tmp_path / part).symlink_to(graded.root / part)
    shutil.copytree(graded.before, tmp_path / "nbgrader")
    monkeypatch.chdir(tmp_path / "nbgrader")
    return tmp_path / "nbgrader"


@contextlib.contextmanager
def gradebook(url: str) -> Iterator[Gradebook]:
    """A gradebook by nbgrader's own API."""
    with warnings.catch_warnings(), Gradebook(url) as book:
        warnings.simplefilter("ignore")  # of nbgrader's making
        yield book


def by_hand(url: str, student: str, exercise: str, score: float, comment: str) -> None:
    """What a lecturer sets in formgrader."""
    with gradebook(url) as book:
        grade = book.find_grade(f"check-{exercise}", ASSIGNMENT, ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.find_comment(exercise, ASSIGNMENT, ASSIGNMENT, student).manual_comment = comment
        book.db.commit()


Told = dict[tuple[str, str], tuple[float | None, float | None, bool, str | None, str | None]]


def told(url: str) -> Told:
    """By student and exercise: both scores, whether it waits for a person, and both comments."""
    found: Told = {}
    with gradebook(url) as book:
        for submission in book.assignment_submissions(ASSIGNMENT):
            (notebook,) = submission.notebooks
            said = {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments}
            for grade in notebook.grades:
                name = grade.name.removeprefix("check-")
                scores = grade.auto_score, grade.manual_score, grade.needs_manual_grade
                found[submission.student.id, name] = (*scores, *said[name])
    return found


def survives(nb: Path, url: str, command: Command) -> None:
    """Manual scores and comments live through both ways of grading again, which change nothing."""
    by_hand(url, "bob", "softmax", 4.5, "Nearly.")
    before = told(url)
    auto, manual, waits, _, comment = before["bob", "softmax"]
    assert (manual, waits, comment) == (4.5, False, "Nearly.")
    assert auto not in (None, 4.5)
    run(f"nbgrader autograde {ASSIGNMENT} --student bob --force --db '{url}'", nb)
    assert told(url) == before  # nothing new was found, so nobody has to look again
    ran = command("grade", "submitted/bob", "submitted/kira", "--gradebook", url)
    assert ran.status == 1, ran.err
    assert told(url) == before


def test_sqlite_keeps_what_people_set(nb: Path, command: Command) -> None:
    if POSTGRES:
        pytest.skip("shown with PostgreSQL, which is installed")
    survives(nb, f"sqlite:///{nb}/gradebook.db", command)


@pytest.mark.skipif(sys.platform != "linux", reason="the server is Debian's")
def test_postgresql_holds_the_same_and_keeps_what_people_set(nb: Path, command: Command) -> None:
    with postgres() as url:
        ran = command("grade", "submitted", "--gradebook", url)
        assert ran.status == 1, ran.err
        assert told(url) == told(f"sqlite:///{nb}/gradebook.db")
        survives(nb, url, command)


def test_a_manual_score_is_looked_at_again_when_the_work_has_changed(
    nb: Path, command: Command
) -> None:
    by_hand(f"sqlite:///{nb}/gradebook.db", "bob", "softmax", 4.5, "Nearly.")
    shutil.copy(nb / "submitted/hugo/losses/losses.ipynb", nb / "submitted/bob/losses")
    place = str(nb / "submitted" / "bob" / "losses" / "losses.ipynb")
    ran = command("grade", place, "--gradebook", "sqlite:///gradebook.db")
    assert ran.status == 0, ran.err
    assert rows(nb)["bob"]["softmax"][:3] == (5.0, 4.5, True)


def test_with_one_function_the_others_stay(nb: Path, command: Command) -> None:
    before = rows(nb)["kira"]
    place = str(nb / "submitted" / "hugo" / "losses" / "losses.ipynb")
    target = nb / "submitted" / "kira" / "losses" / "losses.ipynb"
    shutil.copy(place, target)
    words = ("--only", "softmax", "--gradebook", "sqlite:///gradebook.db")
    assert command("grade", str(target), *words).status == 0
    after = rows(nb)["kira"]
    assert after.pop("softmax")[:3] == (5.0, None, False)
    assert after == {name: row for name, row in before.items() if name != "softmax"}


def test_a_new_gradebook_is_made_of_modules_too(
    graded: Graded, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "class" / "nora"
    folder.mkdir(parents=True)
    text = (graded.root / "solutions" / "losses.py").read_text("utf-8")
    (folder / "losses.py").write_text(text.replace("keepdims=True", "keepdims=False"), "utf-8")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # `alembic` lies beside Python, wherever that is
    words = ("--course", str(graded.root), "--gradebook", "sqlite:///new.db")
    ran = command("grade", "class", *words)
    assert ran.status == 0, ran.err
    (tmp_path / "new.db").rename(tmp_path / "gradebook.db")
    found = rows(tmp_path)["nora"]
    assert found["one_hot"][:3] == (3.0, None, False)
    assert 0 <= float(found["softmax"][0] or 0) < 5
    assert " of 5 points. softmax: " in str(found["softmax"][3])


USAGE = {
    ("--feedback",): "say which with --gradebook URL",
    ("--gradebook", "sqlite:///x.db", "--feedback", "--only", "softmax"): "leave --only",
    ("--gradebook", "sqlite:////nowhere/at/all.db"): "unable to open database file",
    ("--gradebook", "gradebook.db"): "is no address of a database; write --gradebook sqlite:///",
    ("--gradebook", "oracle9://x"): "is no address of a database",
    ("--gradebook", "postgresql+psycopg2://x/y"): "`pip install psycopg2-binary` brings it",
    ("--gradebook", "postgresql+psycopg://u:secret@localhost:1/x"): "the gradebook postgresql+",
    ("--gradebook", "sqlite:///new.db", "--feedback"): "make one with `chainrule nbgrader init",
}


@pytest.mark.parametrize("words", USAGE)
def test_wrong_usage_is_told_before_the_work(
    words: tuple[str, ...], tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "losses.py").write_text("")
    course = Path(__file__).parent.parent
    ran = command("grade", "losses.py", "--course", str(course), *words)
    assert ran.status == 2
    assert USAGE[words] in " ".join(ran.err.split())
    assert "secret" not in ran.err


def test_a_read_only_or_foreign_gradebook_is_refused(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "losses.py").write_text("")
    (tmp_path / "gradebook.db").write_text("no database at all, but a text of some length\n" * 99)
    words = ("--course", str(Path(__file__).parent.parent), "--gradebook")
    ran = command("grade", "losses.py", *words, "sqlite:///gradebook.db")
    assert ran.status == 2
    assert "file is not a database" in ran.err


def test_without_nbgrader_it_says_what_to_install(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nbgrader_command.importlib.util, "find_spec", lambda name: None)
    ran = command("nbgrader", "init", str(tmp_path / "new"))
    assert ran.status == 2
    assert "pip install 'chainrule[nbgrader]'" in ran.err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = command("nbgrader", "init", str(tmp_path), "--course", str(Path(__file__).parent.parent))
    assert ran.status == 2
    assert "is not empty; name a new folder" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of this test's own, on a socket; its address."""
    if not POSTGRES:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="chainrule-pg-"))
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    who = {"user": user, "extra_groups": []} if os.getuid() == 0 else {}
    program = POSTGRES[-1].parent
    try:
        if who:
            shutil.chown(folder, user)
        data = folder / "data"
        subprocess.run(
            [program / "initdb", "-D", data, "-A", "trust", "-U", "lecturer", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=60,
            **who,
        )
        server = subprocess.Popen(
            [program / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"],
            cwd=folder,
            stderr=subprocess.PIPE,
            **who,
        )
        try:
            for line in server.stderr or ():
                if b"ready to accept connections" in line:
                    break
            yield f"postgresql+psycopg://lecturer@/postgres?host={folder}"
        finally:
            server.terminate()
            server.communicate(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
