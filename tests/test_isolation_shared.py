"""Replies that a worker lays into memory shared with the judge: none lost, none believed unread."""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import replace

import pytest
from isolation import ISOLATED, SHORT, launcher, session

from chainrule.judge.answers import Lost, Outcome
from chainrule.launch.channel import Gone
from chainrule.launch.shared import Shared
from chainrule.worker import wire

NUMBERED = """
import os, time
import numpy as np
def quick(n): return float(n)
def slow(n): time.sleep(0.3); return float(n)
def large(n): return np.full(30_000, float(n))
def dies(n): os._exit(3) if n == 5 else None; return float(n)
def hangs(n):
    while n == 5: pass
    return float(n)
"""


def run(level: str, function: str, count: int, **limits: float) -> list[Outcome]:
    launch = launcher(level, replace(SHORT, **limits))
    calls = [wire.Call(n, function, [n], {}) for n in range(count)]
    with session(launch, NUMBERED) as opened:
        return list(opened.run(calls))


def values(outcomes: list[Outcome]) -> list[object]:
    return [o if isinstance(o, Lost) else o.value for o in outcomes]


@pytest.mark.parametrize("level", ISOLATED)
def test_replies_come_in_order_beyond_what_the_memory_holds(level: str) -> None:
    found = values(run(level, "large", 12))
    assert 2 * wire.SHARED < 12 * 30_000 * 8
    for number, value in enumerate(found):
        assert isinstance(value, wire.Array)
        assert wire.unpack(value)[[0, -1]].tolist() == [number, number]


@pytest.mark.parametrize("level", ISOLATED)
def test_replies_before_a_death_are_kept(level: str) -> None:
    found = values(run(level, "dies", 8))
    assert found[:5] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert isinstance(found[5], Lost)
    assert not found[5].timeout
    assert found[6:] == [6.0, 7.0]


@pytest.mark.parametrize("level", ISOLATED)
def test_replies_before_a_call_without_end_are_kept(level: str) -> None:
    start = time.monotonic()
    found = values(run(level, "hangs", 8, call_seconds=0.6))
    assert time.monotonic() - start < 10
    assert found[:5] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert all(isinstance(value, Lost) and value.timeout for value in found[5:])


def test_every_call_of_a_batch_has_a_clock_of_its_own() -> None:
    assert values(run(ISOLATED[1], "slow", 6, call_seconds=0.8)) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


@pytest.mark.parametrize("level", ISOLATED)
def test_without_such_memory_each_reply_is_sent(
    level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise OSError("not on this system")

    monkeypatch.setattr(os, "memfd_create", refused)
    found = values(run(level, "dies", 8))
    assert found[:5] + found[6:] == [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 7.0]
    assert isinstance(found[5], Lost)


@pytest.fixture
def shared() -> Shared:
    return Shared()


def lay(shared: Shared, count: int, data: bytes = b"") -> None:
    os.pwrite(shared.fd, data, wire.COUNT.size)
    os.pwrite(shared.fd, wire.COUNT.pack(count), 0)


def test_what_is_laid_is_read_once(shared: Shared) -> None:
    assert shared.news() == b""
    lay(shared, wire.COUNT.size + 3, b"abc")
    assert (shared.news(), shared.news()) == (b"abc", b"")
    lay(shared, wire.COUNT.size + 5, b"xyzde")
    assert shared.news() == b"de"


@pytest.mark.parametrize("count", [1, wire.COUNT.size + 2, wire.SHARED + 1, 2**64 - 1])
def test_a_count_that_cannot_be_ends_the_worker(shared: Shared, count: int) -> None:
    lay(shared, wire.COUNT.size + 3, b"abc")
    shared.news()
    lay(shared, count)
    with pytest.raises(Gone, match="cannot have been laid"):
        shared.news()


def test_the_memory_cannot_be_taken_from_under_the_judge(shared: Shared) -> None:
    for size in (0, 4096, 2 * wire.SHARED):
        with pytest.raises(PermissionError):
            os.ftruncate(shared.fd, size)
    with pytest.raises(PermissionError):
        fcntl.fcntl(shared.fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)
