"""From the downloads of other systems to a class folder: see `gather`."""

from .gather import Gathered, Handed, gather
from .write import write

__all__ = ["Gathered", "Handed", "gather", "write"]
