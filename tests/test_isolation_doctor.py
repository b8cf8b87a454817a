"""The machine is probed, and what is missing is said with what to do, before anything is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from attacks.reading import READING
from attacks.scene import Scene
from attacks.test_attacks import command_line
from click.testing import CliRunner
from isolation import SHORT, machine

import chainrule
from chainrule.cli import doctor, grade
from chainrule.launch import choose as choosing
from chainrule.launch.choose import IsolationError, choose
from chainrule.launch.machine import Machine, _namespaces_off

FULL = Machine("linux", False, "/usr/bin/bwrap", 7, b"x" * 8, "", "", "6.18")


def told(lacking: Machine, **why: str) -> str:
    """The report for a machine whose levels fail as they would."""
    tried = {
        level: "; ".join(lacking.missing(level)) or why.get("other", "")
        for level in ("namespaces", "landlock+seccomp")
    }
    return doctor.report(lacking, tried)


def without(**changes: object) -> Machine:
    return Machine(**{**vars(FULL), **changes})  # type: ignore[arg-type]


def test_a_machine_that_offers_everything() -> None:
    said = told(FULL)
    assert "will use namespaces" in said
    assert "What to do" not in said


def test_without_bubblewrap() -> None:
    said = told(without(bwrap=None))
    assert "bubblewrap is not installed" in said
    assert "apt install bubblewrap" in said
    assert "will use landlock+seccomp" in said


def test_without_landlock() -> None:
    said = told(without(landlock=0))
    assert "the kernel offers no Landlock" in said
    assert "5.13" in said
    assert "will refuse to run other people's code" in said


def test_without_seccomp() -> None:
    said = told(without(filter=b"", no_filter="the package pyseccomp is not installed"))
    assert "pyseccomp is not installed" in said
    assert "pip install 'chainrule[grade]'" in said


def test_without_linux() -> None:
    said = told(without(system="win32"))
    assert "needs Linux, and this is win32" in said
    assert "virtual machine" in said
    assert "`chainrule check` needs none of this" in said


def test_where_namespaces_are_refused() -> None:
    tried = {"namespaces": "bwrap: setting up uid map: Permission denied", "landlock+seccomp": ""}
    said = doctor.report(FULL, tried)
    assert "will use landlock+seccomp" in said
    assert "Permission denied" in said
    assert "containers" in said.lower()


def test_settings_that_forbid_namespaces(tmp_path: Path) -> None:
    assert _namespaces_off(tmp_path) == ""
    (tmp_path / "kernel").mkdir()
    setting = tmp_path / "kernel/apparmor_restrict_unprivileged_userns"
    setting.write_text("1\n", "ascii")
    assert "apparmor_restrict_unprivileged_userns=0" in _namespaces_off(tmp_path)
    setting.write_text("0\n", "ascii")
    assert _namespaces_off(tmp_path) == ""


@pytest.mark.parametrize("level", ["auto", "namespaces", "landlock+seccomp"])
def test_below_the_floor_grading_is_refused(level: str) -> None:
    with pytest.raises(IsolationError, match="no Landlock"):
        choose(level, SHORT, without(landlock=0, bwrap=None))


def test_none_is_chosen_where_it_is_asked_for() -> None:
    assert choose("none", SHORT, without(landlock=0)).isolation == "none"


def test_a_layer_that_cannot_be_taken_counts_as_missing() -> None:
    if machine().missing("landlock+seccomp"):
        pytest.skip("this machine does not offer it")
    with pytest.raises(IsolationError, match="seccomp"):
        choose("auto", SHORT, without(filter=b"no filter", bwrap=None))


def test_without_bubblewrap_the_second_level_is_reached() -> None:
    if machine().missing("landlock+seccomp"):
        pytest.skip("this machine does not offer it")
    lacking = Machine(**{**vars(machine()), "bwrap": None})
    assert choose("auto", SHORT, lacking).isolation == "landlock+seccomp"


def test_bubblewrap_that_fails_leads_to_the_second_level() -> None:
    if machine().missing("landlock+seccomp"):
        pytest.skip("this machine does not offer it")
    for broken in ("/bin/false", "/no/such/bwrap"):
        lacking = Machine(**{**vars(machine()), "bwrap": broken})
        assert choose("auto", SHORT, lacking).isolation == "landlock+seccomp"


def test_grade_says_why_it_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.build()
    monkeypatch.setattr(choosing, "look", lambda: without(landlock=0, bwrap=None))
    args = [str(scene.submissions), "--course", str(scene.course)]
    result = CliRunner().invoke(grade.command, args)
    assert result.exit_code == 2
    assert "chainrule doctor" in result.output
    assert "no Landlock" in result.output


def test_the_command_runs_here() -> None:
    result = CliRunner().invoke(doctor.command)
    assert result.exit_code in (0, 1)
    assert "`chainrule grade` will" in result.output


def as_nobody(*command: str) -> list[str]:
    """The command run by an ordinary user, for whom Python is made reachable."""
    if os.getuid() != 0:
        return list(command)
    bwrap = machine().bwrap
    if bwrap is None:
        pytest.skip("becoming nobody with a reachable Python needs bubblewrap")
    become = (
        "import os, sys; os.setgroups([]); os.setgid(65534); os.setuid(65534); "
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    args = [bwrap, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--dev-bind", "/", "/"]
    runtimes = list(dict.fromkeys([sys.base_prefix, sys.prefix]))
    covered = list(dict.fromkeys(c for r in runtimes for c in closed_folders(Path(r))))
    for closed in covered:
        args += ["--tmpfs", str(closed), "--chmod", "0755", str(closed)]
    for runtime in runtimes:
        args += ["--ro-bind", runtime, runtime]
        for above in reversed(Path(runtime).parents):
            if any(above.is_relative_to(c) for c in covered):
                args += ["--chmod", "0755", str(above)]
    return [*args, "--", sys.executable, "-c", become, *command]


def closed_folders(path: Path) -> list[Path]:
    """The topmost folder above a path that others may not enter, if there is one."""
    closed = [p for p in reversed(path.parents) if not p.stat().st_mode & 0o001]
    return closed[:1]


@pytest.fixture
def open_scene() -> Iterator[Scene]:
    """A scene that an ordinary user can read and write."""
    folder = Path(tempfile.mkdtemp(prefix="scene-"))
    scene = Scene(folder)
    scene.build()
    for item in READING[:4]:
        scene.hand_in(item.name, scene.fill(str(item.source)))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    yield scene
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("level", ["namespaces", "landlock+seccomp"])
def test_an_ordinary_user_reaches_every_level(open_scene: Scene, level: str) -> None:
    if machine().missing(level):
        pytest.skip("this machine does not offer it")
    if not os.access(chainrule.__file__, os.R_OK):
        pytest.skip("the package is not readable")
    out = open_scene.folder / "out"
    command = as_nobody(*command_line(open_scene, out, level, [open_scene.submissions]))
    environment = {**os.environ, "CHAINRULE_CACHE": str(open_scene.folder / "cache")}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=100, check=False)
    said = done.stderr.decode("utf-8", "replace")
    if "does not offer the isolation" in said and level == "namespaces":
        pytest.skip(f"ordinary users may not make namespaces here: {said[-300:]}")
    assert done.returncode == 0, said[-2000:]
    text = (out / "grades.json").read_text("utf-8")
    assert f'"isolation": "{level}"' in text
    assert (out / "grades.json").stat().st_uid != 0
    for secret in open_scene.secrets.values():
        assert secret not in text
