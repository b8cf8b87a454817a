"""No layer is decoration: each one taken away lets something through that it had stopped."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from isolation import ISOLATED, SHORT, answer, launcher, weakened

from chainrule.launch.limits import Limits

INNER = "landlock+seccomp"
TOLD = "layer-secret-5521"


@pytest.fixture
def secret() -> Iterator[Path]:
    """A file that everybody may read, outside any home."""
    folder = Path(tempfile.mkdtemp(prefix="layers-"))
    folder.chmod(0o755)
    path = folder / "secret.txt"
    path.write_text(TOLD, "utf-8")
    path.chmod(0o644)
    yield path
    shutil.rmtree(folder)


def reading(path: object) -> str:
    return f"def attack(): return open({str(path)!r}).read()"


def test_without_landlock_files_can_be_read(secret: Path) -> None:
    assert answer(weakened(INNER, landlock=False), reading(secret)) == TOLD
    assert "PermissionError" in answer(launcher(INNER), reading(secret))


def test_without_landlock_the_new_root_shows_what_the_linker_does_not_need() -> None:
    path = Path("/usr/lib/os-release")
    if not path.exists():
        pytest.skip("this system has no such file")
    assert "NAME" in answer(weakened("namespaces", landlock=False), reading(path))
    assert "PermissionError" in answer(launcher("namespaces"), reading(path))


def test_without_a_root_of_its_own_files_can_be_seen_to_exist(secret: Path) -> None:
    source = f"import os\ndef attack(): return os.stat({str(secret)!r}).st_size"
    assert answer(launcher(INNER), source) == len(TOLD)
    assert "FileNotFoundError" in answer(launcher("namespaces"), source)


def test_without_seccomp_datagrams_leave() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(2)
        source = f"""
import socket
def attack():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.sendto(b"stolen", {listener.getsockname()!r})
    return 1
"""
        assert answer(weakened(INNER, seccomp=False), source) == 1
        assert listener.recv(100) == b"stolen"
        listener.setblocking(False)
        for level in ISOLATED:
            assert "PermissionError" in answer(launcher(level), source)
        with pytest.raises(BlockingIOError):
            listener.recv(100)


@pytest.mark.parametrize("level", ISOLATED)
def test_without_seccomp_a_worker_can_stop_itself_and_be_anyones_tracee(level: str) -> None:
    source = """
import ctypes
def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.ptrace(0, 0, 0, 0))
"""
    assert answer(weakened(level, seccomp=False), source) == 0
    assert answer(launcher(level), source) == -1


@pytest.mark.parametrize("level", ISOLATED)
def test_without_limits_memory_is_the_machines(level: str) -> None:
    source = "import numpy as np\ndef attack(): return len(np.empty(3 << 30, np.uint8))"
    assert answer(weakened(level, rlimits=False), source) == 3 << 30
    assert "more than 1024 MB" in answer(launcher(level), source)


@pytest.mark.parametrize("level", ISOLATED)
def test_without_closing_descriptors_the_zygotes_own_are_in_reach(level: str) -> None:
    source = """
import os, stat
def attack():
    found = 0
    for fd in range(64):
        try:
            found += stat.S_ISSOCK(os.fstat(fd).st_mode)
        except OSError:
            pass
    return found
"""
    assert answer(weakened(level, descriptors=False), source) > 1
    assert answer(launcher(level), source) == 1


@pytest.mark.parametrize("level", ISOLATED)
def test_who_the_worker_is(level: str) -> None:
    source = """
import os
def attack():
    return [os.getuid(), os.geteuid(), os.getgid(), len(os.getgroups()), len(dict(os.environ))]
"""
    uid, effective, gid, groups, variables = answer(launcher(level), source)
    assert uid == effective != 0
    assert gid != 0
    assert variables == 0
    assert groups <= 1 or level != "namespaces"


@pytest.mark.parametrize("level", ISOLATED)
def test_processor_time_is_limited_by_name(level: str) -> None:
    limits = Limits(cpu_seconds=1, call_seconds=60, submission_seconds=60)
    said = answer(launcher(level, limits), "def attack():\n    while True: pass")
    assert said == "lost: attack ended its process: it used more than 1 s of processor time"


@pytest.mark.parametrize("level", ["none", *ISOLATED])
def test_the_clock_is_the_judges(level: str) -> None:
    source = """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
def attack():
    while True: time.sleep(1)
"""
    said = answer(launcher(level), source)
    assert said == f"lost: attack did not return within {SHORT.call_seconds} s"


@pytest.mark.parametrize("level", ["none", *ISOLATED])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("os._exit(7)", "it exited"),
        ("ctypes.string_at(0)", "a segmentation fault"),
        ("os.abort()", ""),
        ("os.write(CHANNEL, b'abcdefgh')", "it announced a message that is too long"),
        ("os.write(CHANNEL, b'\\x02\\0\\0\\0\\xff\\xff')", "what it sent is no message"),
    ],
)
def test_the_end_of_a_worker_is_told(level: str, code: str, said: str) -> None:
    channel = 3 if level in ISOLATED else 4
    source = f"import ctypes, os\nCHANNEL = {channel}\ndef attack():\n    {code}\n    return 1"
    told = answer(launcher(level), source)
    assert told.startswith("lost: attack ")
    assert said in told
