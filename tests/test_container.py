"""The container, built and run by a real engine where one is named: the same bytes as here."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from doors import COURSE, environment

ENGINE = "CHAINRULE_CONTAINER"
"""The engine's command, such as `podman`. CHAINRULE_CONTAINER_BUILD and CHAINRULE_CONTAINER_RUN are
further options, for a machine that needs some (`--isolation chroot`, `--ulimit nofile=4096`)."""


def words(name: str) -> list[str]:
    return shlex.split(os.environ.get(name, ""))


def done(*command: str | Path) -> None:
    subprocess.run(command, cwd=COURSE, check=True, timeout=540, env=environment())


@pytest.mark.timeout(1200)
@pytest.mark.skipif(ENGINE not in os.environ, reason=f"{ENGINE} names no container engine")
def test_a_container_grades_a_class_to_the_same_bytes(tmp_path: Path) -> None:
    engine, results, here = words(ENGINE), tmp_path / "results", tmp_path / "here"
    results.mkdir()
    submissions = tmp_path / "class"
    shutil.copytree(COURSE / "examples" / "class", submissions)
    recipe = COURSE / "templates" / "Containerfile"
    build = ["--file", str(recipe), "--tag", "chainrule-test", *words(f"{ENGINE}_BUILD")]
    done(*engine, "build", *build, str(COURSE))
    bounds = ["--network", "none", "--memory", "768m", "--cpus", "0.5", "--read-only"]
    volumes = ["--volume", f"{submissions}:/class:ro", "--volume", f"{results}:/results"]
    options = [*bounds, "--tmpfs", "/tmp", *volumes, *words(f"{ENGINE}_RUN")]
    grade = ["grade", "/class", "--output", "/results"]
    done(*engine, "run", "--rm", *options, "chainrule-test", *grade)
    grades = (results / "grades.json").read_bytes()
    level = "namespaces" if b'"isolation": "namespaces"' in grades else "landlock+seccomp"
    command = [sys.executable, "-P", "-m", "chainrule", "grade", str(submissions)]
    done(*command, "--output", str(here), "--isolation", level)
    assert (here / "grades.json").read_bytes() == grades
