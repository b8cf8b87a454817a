"""The students' notebooks, made of the solutions, like the stubs, and of what the course tells.

An assignment ``losses`` has a notebook ``assignments/losses.ipynb`` if the course tells about it in
``narrative/losses.md``: Markdown with a heading ``## ... `softmax` ...`` for each function. No test
is ever in a notebook: its check cells hold a marker.
"""

from __future__ import annotations

from .build import CHECK, build, dumps
from .files import stale_notebooks, write_notebooks
from .narrative import NarrativeError

__all__ = ["CHECK", "NarrativeError", "build", "dumps", "stale_notebooks", "write_notebooks"]
