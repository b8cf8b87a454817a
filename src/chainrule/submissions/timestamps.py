"""When a submission was handed in, by the timestamp.txt that nbgrader lays beside it."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, tzinfo

from .model import Refused
from .tree import Folder

_NAME = "timestamp.txt"
_LONGEST = 200


def handed_in(folder: Folder) -> tuple[float | None, tuple[str, ...]]:
    """Seconds since 1970, or None; with a note if there is a time that cannot be read."""
    file = next((file for file in folder.files if file.name == _NAME), None)
    if file is None:
        return None, ()
    try:
        return parse(file.read(_LONGEST).decode()), ()
    except (Refused, ValueError, OverflowError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None, (f"{_NAME} holds no time that can be read; none was recorded",)


def parse(text: str) -> float:
    """The time in "2015-02-02 15:58:23.948203 America/Los_Angeles", without a zone in UTC."""
    words = text.split()
    named = len(words) > 1 and not words[-1][0].isdigit() and words[-1][0] not in "+-"
    zone: tzinfo = zoneinfo.ZoneInfo(words.pop()) if named else UTC
    moment = datetime.fromisoformat(" ".join(words))
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()
