"""The channel and its messages: whatever comes, it is a value or a refusal, and it is bounded."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pytest
from attacks.scene import Scene
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chainrule.course import load_course
from chainrule.judge.answers import Callbacks, Lost, Outcome, ask, plain
from chainrule.judge.grade import Grader
from chainrule.judge.record import record
from chainrule.launch.channel import Channel, Gone, ThreadChannel, TimeUp
from chainrule.worker import wire
from chainrule.worker.values import to_node

SOON = 0.2
integers = st.integers(-(2**63), 2**64 - 1)
numbers = integers | st.floats() | st.booleans() | st.none()
texts = st.text(max_size=20)
shapes = st.lists(st.integers(-3, 2**40), max_size=4).map(tuple)
arrays = st.builds(
    wire.Array,
    st.sampled_from(sorted(wire.DTYPES)) | texts,
    shapes | st.lists(st.integers(0, 4), max_size=3).map(tuple),
    st.binary(max_size=64),
)
honest = hnp.arrays(np.float64, hnp.array_shapes(max_dims=2, max_side=4)).map(wire.pack)
leaves = numbers | texts | arrays | honest | st.builds(wire.Opaque, texts)
leaves |= st.builds(wire.Handle, st.integers(-9, 9), st.lists(integers, max_size=2).map(tuple))
leaves |= st.builds(wire.Callback, st.integers(-9, 9))
nodes = st.recursive(leaves, lambda n: st.lists(n, max_size=4).map(wire.Seq), max_leaves=12)
error = st.builds(wire.Error, texts, st.booleans(), st.booleans(), texts, texts)
replies = st.builds(
    wire.Reply,
    st.integers(-1, 5),
    nodes,
    st.none() | error,
    st.lists(texts | st.sampled_from(["0", "²", "9" * 400]), max_size=2),
    st.booleans(),
    st.lists(texts, max_size=2),
    texts,
)
messages = replies | st.builds(wire.Ask, integers, nodes)
messages |= st.builds(wire.Loaded, st.lists(texts), st.lists(st.tuples(texts, error)), texts)


def ends(kind: type[Channel]) -> tuple[Channel, Any]:
    """A channel of a kind, and the worker's end of it."""
    ours, theirs = socket.socketpair()
    fd = ours.detach()
    return kind(fd, os.dup(fd)), theirs


@pytest.fixture(params=[Channel, ThreadChannel])
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[Channel, Any]]:
    channel, theirs = ends(request.param)
    yield channel, theirs
    theirs.close()
    channel.close()


def soon() -> float:
    return time.monotonic() + SOON


def receive(channel: Channel) -> Any:
    return channel.receive(time.monotonic() + 10)


def test_messages_cross_whole_and_in_order(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    sent = [wire.Ask(n, wire.pack(np.arange(n * 1000.0))) for n in range(8)]
    data = b"".join(map(wire.frame, sent))
    threading.Thread(target=theirs.sendall, args=(data,)).start()
    assert [receive(channel) for _ in sent] == sent


def test_large_messages_cross_both_ways_at_once(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    load = wire.Load("m", [wire.Cell("m.py", b"x" * 3_000_000)])
    channel.send(load)
    reply = wire.Ask(0, wire.pack(np.zeros(500_000)))

    def worker() -> None:
        theirs.sendall(wire.frame(reply))
        left = len(wire.frame(load))
        while left:
            left -= len(theirs.recv(1 << 16))
        theirs.sendall(wire.frame(reply))

    thread = threading.Thread(target=worker)
    thread.start()
    assert receive(channel) == reply
    assert receive(channel) == reply
    thread.join(10)


def test_silence_is_no_answer(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    theirs.sendall(b"\x10\0\0\0only a part")
    start = time.monotonic()
    with pytest.raises(TimeUp):
        channel.receive(soon())
    assert time.monotonic() - start < 5


def test_a_trickle_does_not_move_the_deadline(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    stop = threading.Event()

    def trickle() -> None:
        theirs.sendall(struct.pack("<I", 1000))
        while not stop.wait(0.01):
            theirs.sendall(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    with pytest.raises(TimeUp):
        channel.receive(soon())
    stop.set()
    thread.join()


def test_a_closed_channel_says_so(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    theirs.close()
    with pytest.raises(Gone, match="the process ended"):
        receive(channel)
    assert channel.ended


@pytest.mark.parametrize("size", [wire.MAX_REPLY + 1, 2**31, 2**32 - 1])
def test_too_long_a_message_is_refused_before_it_is_read(
    pair: tuple[Channel, Any], size: int
) -> None:
    channel, theirs = pair
    theirs.sendall(struct.pack("<I", size) + b"x" * 1000)
    with pytest.raises(Gone, match="too long"):
        receive(channel)


def test_a_flood_is_held_a_frame_at_a_time(pair: tuple[Channel, Any]) -> None:
    channel, theirs = pair
    data = wire.frame(wire.Ask(0, wire.Array("|u1", (100_000,), bytes(100_000)))) * 400
    thread = threading.Thread(target=lambda: _try_send(theirs, data))
    thread.start()
    tracemalloc.start()
    for _ in range(50):
        assert isinstance(receive(channel), wire.Ask)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    theirs.shutdown(socket.SHUT_RDWR)
    thread.join(10)
    assert most < wire.MAX_REPLY + 2**23


def _try_send(theirs: Any, data: bytes) -> None:
    with contextlib.suppress(OSError):
        theirs.sendall(data)


def test_what_is_not_read_is_bounded(pair: tuple[Channel, Any]) -> None:
    channel, _ = pair
    block = b"x" * (32 << 20)
    for _ in range(20):
        try:
            channel.send_raw(block)
        except Gone as gone:
            assert "does not read" in str(gone)  # noqa: PT017 # it may take any of them
            return
    pytest.fail("nothing was refused")


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_message_or_refused(body: bytes) -> None:
    for decode in (wire.from_worker, wire.to_worker):
        try:
            message = decode(body)
        except wire.WireError:
            continue
        assert isinstance(message, msgspec.Struct)


@given(messages)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_messages_survive_the_wire(message: Any) -> None:
    framed = wire.frame(message)
    assert wire.reply_length(framed[:4]) == len(framed) - 4
    again = wire.from_worker(framed[4:])
    assert wire.encode(again) == framed[4:]


@given(nodes)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_is_plain_data_or_refused(node: Any) -> None:
    try:
        value = plain(node)
    except wire.WireError:
        return
    assert size_of(value) < 10_000


def size_of(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(size_of, value))
    return value.size if isinstance(value, np.ndarray) else 1


@given(st.integers(), nodes)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_question_is_answered(number: int, node: Any) -> None:
    answer = ask([lambda w: float(np.sum(w))], number, node)
    assert isinstance(answer, wire.Answer)
    assert wire.frame(answer)


@given(hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)))
@settings(max_examples=200, deadline=None)
def test_arrays_cross_unchanged_or_by_name(array: np.ndarray) -> None:
    node = to_node(array)
    if isinstance(node, wire.Array):
        back = wire.unpack(node)
        assert back.shape == array.shape
        assert back.tobytes() == array.astype(back.dtype).tobytes()
    else:
        assert isinstance(node, wire.Opaque | wire.Seq | str)


LONG = "A" * 20_000


@pytest.mark.parametrize(
    "parts",
    [
        {"error": wire.Error("E", False, False, LONG, "")},
        {"error": wire.Error(LONG, False, False, "", "")},
        {"error": wire.Error("E", False, False, "", LONG)},
        {"value": wire.Opaque(LONG)},
        {"value": LONG},
        {"changed": [LONG]},
        {"changed": [""] * 2_000},
        {"warnings": [LONG]},
        {"value": wire.Seq([None] * 100_000)},
        {"value": wire.Seq([wire.Seq([None] * 9_000)] * 3)},
    ],
    ids=["text", "kind", "frames", "type", "string", "name", "names", "warning", "parts", "nested"],
)
def test_more_than_an_honest_worker_says_is_refused(parts: dict[str, Any]) -> None:
    honest = wire.Reply(0, None, None, [], False, [], "")
    assert wire.from_worker(wire.encode(honest)) == honest
    with pytest.raises(wire.WireError):
        wire.from_worker(wire.encode(msgspec.structs.replace(honest, **parts)))


def test_rows_of_nothing_are_few() -> None:
    assert wire.unpack(wire.Array("<f8", (7, 0), b"")).shape == (7, 0)
    with pytest.raises(wire.WireError):
        wire.unpack(wire.Array("<f8", (300_000, 0), b""))


def test_a_callback_takes_real_numbers_only() -> None:
    said = ask([lambda w: float(np.sum(w))], 0, to_node(np.array([1j])))
    assert "real numbers only" in str(said.error)


class Liar:
    """A source that says what it was given to say, in turn, whatever it is asked."""

    def __init__(self, sayings: Sequence[Outcome]) -> None:
        self._sayings = itertools.cycle(sayings)

    def run(
        self,
        calls: Sequence[wire.Call],
        callbacks: Callbacks = (),
        forget: bool = False,
        frame: bytes | None = None,
    ) -> Iterator[Outcome]:
        for call in calls:
            said = next(self._sayings)
            if isinstance(said, wire.Reply):
                said = msgspec.structs.replace(said, number=call.number)
            yield said


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Grader:
    scene = Scene(tmp_path_factory.mktemp("liar"))
    scene.build()
    (assignment,) = load_course(scene.course).assignments
    return Grader(assignment, record(assignment, 0, hidden=True))


@given(st.lists(replies | st.builds(Lost, st.booleans(), texts), min_size=1, max_size=9))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_judge_survives_any_answers(grader: Grader, sayings: list[Outcome]) -> None:
    results = grader.grade(Liar(sayings))
    assert [r.name for r in results] == ["double", "total", "halves"]
    for result in results:
        assert result.score is not None, [c.message for c in result.checks if c.points is None]
        assert Fraction(0) <= result.score <= result.max_score


def test_descriptors_above_a_thousand_are_waited_for() -> None:
    resource = pytest.importorskip("resource")
    fcntl = pytest.importorskip("fcntl")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 3000:
        pytest.skip("too few descriptors are allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (3000, hard))
    ours, theirs = socket.socketpair()
    fd = fcntl.fcntl(ours.fileno(), fcntl.F_DUPFD, 2000)
    try:
        channel = Channel(fd, fd)
        theirs.sendall(wire.frame(wire.Ask(1, None)))
        assert receive(channel) == wire.Ask(1, None)
        channel.close()
    finally:
        ours.close()
        theirs.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
