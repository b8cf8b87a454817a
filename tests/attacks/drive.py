"""Grade a class with short limits, as a process of its own whose environment holds a secret.

Usage: drive.py COURSE CLASS OUT LEVEL [ONLY,ONLY...]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from chainrule.cli.grade import assemble
from chainrule.course import load_course
from chainrule.launch.choose import choose
from chainrule.launch.limits import Limits
from chainrule.renderers import json as json_renderer
from chainrule.run import Options, grade_all
from chainrule.submissions import Intake, collect

LIMITS = Limits(
    import_seconds=4,
    call_seconds=1.5,
    submission_seconds=4,
    cpu_seconds=6,
    memory_mb=256,
    deaths=1,
)


def main(folder: Path, submissions: Path, out: Path, level: str, only: set[str]) -> None:
    """Grade, and write what `chainrule grade` would write."""
    course = load_course(folder)
    intake = collect([submissions], course.names)
    sources = tuple(s for s in intake.sources if not only or s.student in only)
    options = Options(folder, isolation=level, limits=LIMITS, reveal="message")
    launch = choose(level, LIMITS)
    found = grade_all(options, sources, launch, jobs=2)
    intake = Intake(sources, intake.problems, intake.notes)
    grades = assemble(course, options, intake, found, launch.isolation)
    out.mkdir(parents=True, exist_ok=True)
    (out / "grades.json").write_bytes(json_renderer.render(grades))
    json.loads((out / "grades.json").read_bytes())


if __name__ == "__main__":
    names = {n for n in sys.argv[5:6] for n in n.split(",")}
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], names)
