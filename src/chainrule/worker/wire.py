"""The channel's messages: plain data only, never pickled, validated before use.

A frame is a four-byte length and a msgpack message of one of the types below. The judge takes a
worker for hostile: lengths are bounded before anything is read, types are checked by msgspec,
and an array's dtype, shape and number of bytes must fit one another.
"""

from __future__ import annotations

import struct
from typing import Annotated, Any

import msgspec
import numpy as np

MAX_FRAME = 64 * 2**20
MAX_REPLY = 8 * 2**20
"""No honest result is larger; decoding one takes up to some forty times the memory."""
MAX_DEPTH = 16
SHARED = 1 << 20
"""Bytes of the memory in which a worker lays replies: three times what a whole course takes."""
COUNT = struct.Struct("<Q")
"""What that memory begins with: where its last reply ends."""
DTYPES = {
    "<f8",
    "<f4",
    "<f2",
    "<i8",
    "<i4",
    "<i2",
    "|i1",
    "<u8",
    "<u4",
    "<u2",
    "|u1",
    "|b1",
    "<c16",
    "<c8",
}
TYPES = {name: np.dtype(name) for name in DTYPES}
"""Numpy's own objects of these: an array's dtype is one of them by identity."""
_LENGTH = struct.Struct("<I")
DONE = _LENGTH.pack(0)
"""The empty frame: all replies of a batch have been laid."""


MAX_NODES = 20_000
"""Parts of one reply; lists of numbers are one part."""
_MAX_EMPTY = 100_000
"""The longest axis of an array that holds nothing: whoever walks along it is busy for no bytes."""
Name = Annotated[str, msgspec.Meta(max_length=500)]
Text = Annotated[str, msgspec.Meta(max_length=10_000)]
Names = Annotated[list[Name], msgspec.Meta(max_length=1_000)]
"""What a worker may say; an honest one bounds it more tightly, and says it a thousand times."""


class WireError(Exception):
    """A frame that no honest worker would send."""


class _Message(msgspec.Struct, array_like=True, tag=True, gc=False):
    """The base of all messages: an array on the wire, its type's name first."""


class Array(_Message):
    """A numeric array: numpy's dtype text, its shape, its bytes in C order."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class Seq(_Message):
    """A list, tuple or other sequence; ``objects`` if it was an array of Python objects."""

    items: list[Node]
    objects: bool = False


class Handle(_Message):
    """The worker's own result of an earlier call, or a part of it."""

    call: int
    path: tuple[int, ...]


class Callback(_Message):
    """A function of the judge, by number."""

    number: int


class Opaque(_Message):
    """A value that is no data; only the name of its type crosses."""

    kind: Name


Node = None | bool | int | float | Text | Array | Seq | Handle | Callback | Opaque


class Cell(_Message):
    """A piece of source that is run by itself: a whole module, or one cell of a notebook."""

    label: str
    source: bytes


class Load(_Message):
    """Make the student's module."""

    module: str
    cells: list[Cell]


class Call(_Message):
    """Call a function; ``keep`` its own result for later handles; it should be ``fresh``."""

    number: int
    function: str
    args: list[Node]
    kwargs: dict[str, Node]
    keep: bool = False
    fresh: bool = False


class Calls(_Message):
    """Make these calls in order; ``forget`` drops the results kept so far."""

    calls: list[Call]
    forget: bool = False


class Todo(_Message, tag="Calls"):
    """Calls as the worker reads them: each is decoded when it is made, so that few are held."""

    calls: list[msgspec.Raw]
    forget: bool = False


class Answer(_Message):
    """What the judge's function returned to a callback, or why it could not."""

    value: Node
    error: str | None = None


ToWorker = Load | Todo | Answer


class Error(_Message):
    """An exception of the student's: its class name, whether it counts as one of the two that
    matter, its text and its own frames."""

    kind: Name
    is_value_error: bool
    is_not_implemented: bool
    text: Text
    traceback: Text


class Loaded(_Message):
    """The module is made: its callable names, and what each cell that failed said."""

    names: list[Name]
    errors: list[tuple[Name, Error]]
    output: str


class Reply(_Message):
    """The outcome of one call, and the traces it left.

    ``shared`` are the arguments in whose memory a result lies that should be fresh. An empty name
    stands for the function's last result; if this one need not be fresh, the last one has changed.
    """

    number: int
    value: Node
    error: Error | None
    changed: Names
    rng_changed: bool
    warnings: Names
    output: str
    shared: Names = []


class Ask(_Message):
    """The student called a function of the judge's."""

    callback: int
    value: Node


FromWorker = Loaded | Reply | Ask

_encoder = msgspec.msgpack.Encoder()
_to_worker = msgspec.msgpack.Decoder(ToWorker)
_call = msgspec.msgpack.Decoder(Call)
_from_worker = msgspec.msgpack.Decoder(FromWorker)


def frame(message: Any, most: int = MAX_FRAME) -> bytes:
    """A message as the bytes that are sent.

    Raises:
        WireError: if it is longer than ``most``.
    """
    try:
        body = _encoder.encode(message)
    except (OverflowError, UnicodeEncodeError, RecursionError) as error:
        raise WireError(f"cannot be sent: {error}") from None
    if len(body) > most:
        raise WireError(f"a message of {len(body)} bytes is longer than {most}")
    return _LENGTH.pack(len(body)) + body


def encode(message: Any) -> bytes:
    """A message's bytes without the length, for use as a key."""
    return _encoder.encode(message)


def length(data: bytes | bytearray, at: int = 0, most: int = MAX_FRAME) -> int:
    """The length that a frame's four bytes announce, checked before anything is allocated."""
    size: int = _LENGTH.unpack_from(data, at)[0]
    if size > most:
        raise WireError(f"a message of {size} bytes is longer than {most}")
    return size


def reply_length(data: bytes | bytearray, at: int = 0) -> int:
    """The same for what a worker sends."""
    return length(data, at, MAX_REPLY)


def from_worker(body: bytes | bytearray) -> FromWorker:
    """Decode what a worker sent; anything malformed is a WireError."""
    message: FromWorker = _decode(_from_worker, body)
    if type(message) is Reply and type(message.value) is Seq:
        _count(message.value, MAX_NODES)
    return message


def _count(node: Seq, left: int) -> int:
    """How many parts there is room for beside a sequence's own."""
    left -= len(node.items)
    if left < 0:
        raise WireError("too many parts")
    for item in node.items:
        if type(item) is Seq:
            left = _count(item, left)
    return left


def to_worker(body: bytes) -> ToWorker:
    """Decode what the judge sent."""
    message: ToWorker = _decode(_to_worker, body)
    return message


def one(raw: msgspec.Raw) -> Call:
    """Decode one of several calls."""
    call: Call = _decode(_call, raw)
    return call


def _decode(decoder: Any, body: bytes | bytearray) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError) as error:
        raise WireError(f"not a message: {error}") from None


def pack(array: np.ndarray) -> Array:
    """An array as a message part."""
    dtype = array.dtype.str.replace(">", "<")
    if dtype not in DTYPES:
        raise WireError(f"arrays of {array.dtype} do not cross")
    return Array(dtype, array.shape, array.astype(dtype, copy=False).tobytes())


def fresh(node: Array) -> np.ndarray:
    """The array that the judge sent: writable, and not looked at again."""
    return np.ndarray(node.shape, TYPES[node.dtype], node.data).copy()


def unpack(node: Array) -> np.ndarray:
    """A fresh, writable array; refuses what does not fit its own announcement."""
    dtype = TYPES.get(node.dtype)
    if dtype is None:
        raise WireError("an array of a dtype that does not cross")
    size, shape = dtype.itemsize, node.shape
    for n in shape:
        if n < 0:
            raise WireError("not a shape")
        size *= n
    if size != len(node.data):
        raise WireError("an array's bytes do not fit its shape")
    if len(shape) > 32 or (not size and max(shape) > _MAX_EMPTY):
        raise WireError("not a shape")
    return np.ndarray(shape, dtype, node.data).copy()
