"""The command ``chainrule``."""

from .main import main

__all__ = ["main"]
