"""One call of a student's function, watched: its result, its error and the traces it left."""

from __future__ import annotations

import ctypes
import io
import linecache
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from . import wire
from .values import follow, to_node

MAX_OUTPUT = 10_000
MAX_WARNINGS = 10
MAX_KEPT = 10_000
_ERRSTATE = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
STUDENT_FILES: set[str] = set()
"""The names under which student code was compiled; other frames are not shown."""
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")
"""Where an object lies in memory, which is elsewhere in every process."""
_room = {"output": MAX_OUTPUT, "memory_mb": 0}
_MISSING = object()
Asker = Callable[[int, wire.Node], wire.Node]


class _Kept(io.RawIOBase):
    """Bytes: the first part is kept, the rest is counted."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.room = _room["output"]
        self.lost = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        size = len(data)
        if self.room > 0:
            self.parts.append(bytes(data[: self.room]))
        self.lost += max(0, size - self.room)
        self.room = max(0, self.room - size)
        return size


class Output(io.TextIOWrapper):
    """A student's standard output and error: bounded, and complete enough for any program."""

    def __init__(self) -> None:
        self._kept = _Kept()
        super().__init__(
            io.BufferedWriter(self._kept),
            encoding="utf-8",
            errors="backslashreplace",
            write_through=True,
        )

    def take(self) -> str:
        """What was written since the last take."""
        kept = self._kept
        try:
            self.flush()
        except ValueError:  # a student closed it
            return ""
        if not kept.parts:
            return ""
        note = f"\n[{kept.lost} more bytes]" if kept.lost else ""
        text = b"".join(kept.parts).decode("utf-8", "replace") + note
        kept.parts, kept.room, kept.lost = [], _room["output"], 0
        return text


class Runner:
    """Makes calls on a namespace, one at a time.

    Args:
        namespace: the module's names, looked up anew at each call.
        ask: how a callback reaches the judge.
        output: where the student's prints go, if they are captured.
    """

    def __init__(
        self, namespace: Mapping[str, Any], ask: Asker, output: Output | None = None
    ) -> None:
        self._namespace = namespace
        self._ask = ask
        self._output = output
        self._kept: dict[int, Any] = {}
        self._last: dict[str, tuple[Any, wire.Node]] = {}
        self._warnings: list[str] = []

    def forget(self) -> None:
        """Drop the results kept for handles."""
        self._kept.clear()

    def watch_warnings(self) -> None:
        """Note every warning from here on, whatever the module set on import."""
        warnings.resetwarnings()
        warnings.simplefilter("always")
        np.seterr(**_ERRSTATE)  # type: ignore[arg-type]

        def note(message: Any, category: Any, *_: Any, **__: Any) -> None:
            if len(self._warnings) < MAX_WARNINGS:
                self._warnings.append(_clean(f"{category.__name__}: {message}", 500))

        warnings.showwarning = note

    def call(self, call: wire.Call) -> wire.Reply:
        """Make a call; whatever the student raises becomes part of the reply."""
        self._warnings.clear()
        pristine: list[tuple[str, Any, Any]] = []
        changed: list[str] = []
        shared: list[str] = []
        node: wire.Node = None
        error: wire.Error | None = None
        rng = _rng_state()
        try:
            args = [self._argument(n, str(i), pristine, changed) for i, n in enumerate(call.args)]
            kwargs = {k: self._argument(n, k, pristine, changed) for k, n in call.kwargs.items()}
            function = self._namespace.get(call.function, _MISSING)
            if function is _MISSING:
                raise NotImplementedError(f"{call.function} is missing")
            # In a context of its own: numpy's error state is the default one, whatever an earlier
            # call set it to.
            result = copy_context().run(function, *args, **kwargs)
            node = to_node(result)
            shared = self._shared(call, result, pristine)
            self._last[call.function] = result, node
            if call.keep and len(self._kept) < MAX_KEPT:
                self._kept[call.number] = result
        except BaseException as raised:  # a student may raise anything, SystemExit included
            error = describe(raised)
        self._compare(pristine, changed)
        output = self._output.take() if self._output else ""
        rng_changed = _rng_state() != rng
        warned = list(self._warnings)
        return wire.Reply(call.number, node, error, changed, rng_changed, warned, output, shared)

    def _shared(self, call: wire.Call, result: Any, pristine: Sequence[Any]) -> list[str]:
        """Whose memory a result lies in: that of arguments, or of the function's last result.

        Where new arrays are not promised, only a last result that is another now is one too many.
        """
        last, was = self._last.get(call.function, (None, None))
        if not call.fresh:
            return [] if _is_yet(last, was) else [""]
        arrays = list(_arrays(result))
        others = {name: list(_arrays(value)) for name, value, _ in pristine}
        others[""] = list(_arrays(last))
        return [name for name, theirs in others.items() if _overlap(arrays, theirs)]

    def _argument(self, node: wire.Node, name: str, pristine: list[Any], changed: list[str]) -> Any:
        """A fresh argument, and a note of what it was."""
        kind = type(node)
        if kind is wire.Array or kind is wire.Seq:
            value = from_node(node)
            pristine.append((name, value, node))
        elif isinstance(node, wire.Callback):
            value = self._callback(node.number, pristine, changed)
        elif isinstance(node, wire.Handle):
            value = follow(self._kept[node.call], node.path)
            pristine.append((name, value, _Print(fingerprint(value))))
        else:
            value = node
        return value

    def _callback(
        self, number: int, pristine: list[Any], changed: list[str]
    ) -> Callable[[Any], Any]:
        def callback(value: Any) -> Any:
            self._compare(pristine, changed)
            return from_node(self._ask(number, to_node(value)))

        return callback

    @staticmethod
    def _compare(pristine: list[tuple[str, Any, Any]], changed: list[str]) -> None:
        for name, value, before in pristine:
            if not _is_still(value, before) and name not in changed:
                changed.append(name)


@dataclass(frozen=True)
class _Print:
    """The fingerprint of what did not come as a message."""

    of: Any


def _is_still(value: Any, before: Any) -> bool:
    """Whether an argument is what it was: the message it was made of, or its fingerprint."""
    kind = type(before)
    if kind is wire.Array:
        return (
            type(value) is np.ndarray
            and value.dtype is wire.TYPES[before.dtype]
            and value.tobytes() == before.data
            and value.shape == before.shape
        )
    if kind is wire.Seq:
        return (
            type(value) is list
            and len(value) == len(before.items)
            and all(map(_is_still, value, before.items))
        )
    if kind is _Print:
        return bool(fingerprint(value) == before.of)
    return value is before or (type(value) is kind and bool(value == before))


def from_node(node: wire.Node) -> Any:
    """Plain data as a student's function expects it: fresh arrays, lists for sequences."""
    if isinstance(node, wire.Array):
        return wire.fresh(node)
    if isinstance(node, wire.Seq):
        return [from_node(item) for item in node.items]
    return node


def fingerprint(value: Any) -> Any:
    """What an argument holds, in a form that compares by value."""
    if type(value) is np.ndarray:
        return (value.dtype.str, value.shape, value.tobytes())
    if isinstance(value, (list, tuple)):
        return [fingerprint(item) for item in value]
    try:
        return wire.encode(to_node(value))
    except Exception:  # an object of the student's own that does not encode
        return None


def _is_yet(result: Any, was: wire.Node) -> bool:
    """Whether the arrays of a result hold what they held when it was returned."""
    if type(was) is wire.Array and type(result) is np.ndarray:
        return result.dtype is not wire.TYPES[was.dtype] or result.tobytes() == was.data
    if type(was) is wire.Seq and type(result) in (list, tuple):
        return len(result) == len(was.items) and all(map(_is_yet, result, was.items))
    return True


def _arrays(value: Any, depth: int = 4) -> Iterator[np.ndarray]:
    """The arrays in a value, however nested."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple)) and depth:
        for item in value:
            yield from _arrays(item, depth - 1)


def _overlap(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> bool:
    """Whether any two arrays have memory in common."""
    return any(np.may_share_memory(a, b) for a in some for b in others)


def describe(raised: BaseException) -> wire.Error:
    """A student's exception as plain text, with the student's own frames only."""
    lines = [_frame(*place) for place in traceback.walk_tb(raised.__traceback__) if _own(*place)]
    if isinstance(raised, SyntaxError):
        lines.append(f"  line {raised.lineno}" + _code((raised.text or "").strip()))
    if len(lines) > 8:
        lines[4:-4] = [f"  ... {len(lines) - 8} more frames ..."]
    try:
        text = _ADDRESS.sub("0x...", str(raised.msg if isinstance(raised, SyntaxError) else raised))
    except BaseException:  # a __str__ of the student's own
        text = ""
    return wire.Error(
        _clean(_kind(raised), 100),
        isinstance(raised, ValueError),
        isinstance(raised, NotImplementedError),
        _clean(text, 1_000),
        _clean("\n".join(lines), 4_000),
    )


def _own(frame: FrameType, _: int) -> bool:
    return frame.f_code.co_filename in STUDENT_FILES


def _frame(frame: FrameType, number: int) -> str:
    """A student's frame; its text was noted when it was compiled, and no file is looked for."""
    code = frame.f_code
    line = linecache.getline(code.co_filename, number, frame.f_globals)
    return f"  line {number} of {code.co_filename}, in {code.co_name}" + _code(line)


def set_limits(memory_mb: int, output_characters: int) -> None:
    """Know the limits that a student's code may run into."""
    _room.update(output=output_characters, memory_mb=memory_mb)


def _kind(raised: BaseException) -> str:
    """The exception's class; numpy's own MemoryError is called by the name people know."""
    if isinstance(raised, MemoryError):
        most = _room["memory_mb"]
        return f"MemoryError (it needs more than {most} MB)" if most else "MemoryError"
    return type(raised).__name__


def _code(line: str | None) -> str:
    return f":\n    {line.strip()}" if line else ""


def _clean(text: str, limit: int) -> str:
    """Text that can be sent: no lone surrogates, no marker bytes, bounded."""
    return text.replace("\x00", "")[:limit].encode("utf-8", "replace").decode("utf-8")


def _watch_generator() -> Callable[[], Any]:
    """How to read the state of numpy's global generator in a microsecond.

    ``np.random.get_state`` takes fifty; the Mersenne twister's state is 624 words and a position,
    and its address does not change.
    """
    generator = np.random.mtrand.get_bit_generator()
    memory = (ctypes.c_char * (625 * 4)).from_address(generator.ctypes.state_address)
    get = np.random.mtrand.get_bit_generator
    return lambda: (memory.raw, get() is generator)


_rng_state = _watch_generator()


def redirect(output: Output) -> None:
    """Send the student's prints to ``output``."""
    sys.stdout = sys.stderr = output
