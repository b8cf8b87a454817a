"""What students hand in, read without being run: see `collect`."""

from .collect import collect
from .model import Cell, Intake, IntakeLimits, Problem, Source, UsageError
from .shelf import Shelf

__all__ = ["Cell", "Intake", "IntakeLimits", "Problem", "Shelf", "Source", "UsageError", "collect"]
