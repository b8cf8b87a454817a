"""Classroom 50's autograder: the public checks on a student's checkout, to ``result.json``.

Lay what `chainrule release` writes beside this file. Its folder is published for everybody, so
hidden checks and solutions must never lie there; they run at the lecturer's, over the clones.
"""

import os
import subprocess
import sys
from pathlib import Path

ENGINE = os.environ.get("CHAINRULE_ENGINE", "chainrule @ git+https://github.com/OWNER/chainrule@v0")


def main() -> int:
    """Exit status 0: result.json holds a score; else the runner reports an error and no score."""
    here = Path(__file__).resolve().parent
    if ENGINE:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", ENGINE]
        subprocess.run(pip, check=True)
    words = ["check", ".", "--course", str(here), "--format", "classroom50=result.json"]
    # -P: nothing in the student's checkout is imported in the place of a package of ours.
    command = [sys.executable, "-P", "-m", "chainrule", *words]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
