"""The HTML report: a page for the lecturer, one for each student, a CSV; needs extra ``report``.

Every text of a student reaches a page through autoescaping and without control characters; pages
load nothing from anywhere.
"""

from __future__ import annotations

from .model import ReportError, Run, assemble, read
from .pages import Beside, files

__all__ = ["Beside", "ReportError", "Run", "assemble", "files", "read"]
