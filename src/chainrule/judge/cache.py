"""Recordings on disk: made once for a grader and a seed, read by every process after that.

A recording is keyed by all that decides it: the course's files, the engine's, the seed and the
versions of Hypothesis, numpy and Python. A stale key is never read; a damaged file does not match
its digest; both are made anew. What does not encode is recorded in each process instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import platform
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import numpy as np
import platformdirs

from ..course import Assignment, Course
from ..worker import wire
from .record import Example, PlannedCall, Recording, record

VARIABLE = "CHAINRULE_CACHE"
"""Names another cache folder."""

_DIGEST = 32


class _Stored(msgspec.Struct, array_like=True):
    seed: int
    examples: dict[str, list[tuple[Any, list[tuple[wire.Call, bytes, bool]]]]]
    faults: dict[str, str]
    live: list[str]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Stored)


def recording_of(course: Course, assignment: Assignment, seed: int, *, hidden: bool) -> Recording:
    """The recording of an assignment: read if it was made before, else made and kept."""
    path = folder() / f"{_key(course, assignment, seed, hidden)}.rec"
    package = _package(assignment)
    kept = _read(path, package)
    if kept is not None:
        return kept
    made = record(assignment, seed, hidden=hidden)
    if not made.faults:
        _write(path, package, made)
    return made


def _package(assignment: Assignment) -> str:
    """The private name under which this process imported the course."""
    return assignment.checks[0].inner.__module__.partition(".")[0] if assignment.checks else ""


def folder() -> Path:
    """Where recordings are kept."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else Path(platformdirs.user_cache_dir("chainrule", False))


def _key(course: Course, assignment: Assignment, seed: int, hidden: bool) -> str:
    versions = (hypothesis.__version__, np.__version__, platform.python_version(), engine())
    has_reference = bool(assignment.reference)
    parts = (course.version, assignment.name, seed, hidden, has_reference, *versions)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


@cache
def engine() -> str:
    """A digest of the engine's own files."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path, package: str) -> Recording | None:
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        stored = _decoder.decode(data[_DIGEST:])
    except (OSError, msgspec.DecodeError):
        return None
    examples = {
        name: tuple(
            Example(_load(a, package), tuple(PlannedCall(*p) for p in plan)) for a, plan in rows
        )
        for name, rows in stored.examples.items()
    }
    return Recording(stored.seed, examples, stored.faults, frozenset(stored.live))


def _write(path: Path, package: str, recording: Recording) -> None:
    """Keep a recording; whatever goes wrong, it is just made again next time."""
    try:
        examples = {
            name: [
                (_dump(e.arguments, package), [(p.call, p.key, p.again) for p in e.plan])
                for e in rows
            ]
            for name, rows in recording.examples.items()
        }
        stored = _Stored(recording.seed, examples, dict(recording.faults), sorted(recording.live))
        body = _encoder.encode(stored)
    except (TypeError, OverflowError):
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(hashlib.sha256(body).digest() + body)
        Path(part.name).replace(path)


def _dump(value: Any, package: str) -> Any:
    """A value and its type, as msgpack holds them apart."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is np.ndarray:
        return ["array", value.dtype.str, list(value.shape), value.tobytes()]
    if type(value) in (list, tuple):
        return [type(value).__name__, [_dump(v, package) for v in value]]
    if isinstance(value, Mapping):
        return ["dict", [[_dump(k, package), _dump(v, package)] for k, v in value.items()]]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return ["named", *_place(type(value), package), [_dump(v, package) for v in value]]
    raise TypeError(f"{type(value).__name__} is not kept")


def _place(kind: type, package: str) -> tuple[str, str]:
    """Where the course defines a class, without the private name of its package."""
    top, _, module = kind.__module__.partition(".")
    if top != package:
        raise TypeError(f"{kind.__name__} is not of the course")
    return module, kind.__qualname__


def _load(value: Any, package: str) -> Any:
    if not isinstance(value, list):
        return value
    kind, *rest = value
    if kind == "array":
        dtype, shape, data = rest
        return np.frombuffer(data, dtype).reshape(shape).copy()
    if kind == "dict":
        return {_load(k, package): _load(v, package) for k, v in rest[0]}
    items = [_load(v, package) for v in rest[-1]]
    if kind == "named":
        module, name, _ = rest
        return getattr(importlib.import_module(f"{package}.{module}"), name)._make(items)
    return tuple(items) if kind == "tuple" else items
