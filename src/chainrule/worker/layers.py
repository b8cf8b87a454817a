"""The inner layers: what a process takes upon itself before it sees a student's source.

Landlock (no file but the runtime's), seccomp (no system call but the allowed), resource limits,
no new privileges, no descriptors. None can be taken off again. The Python binding of Landlock knows
neither its network nor its scope rules, so its three system calls are made here.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import resource
import stat
from collections.abc import Iterable
from typing import Any

NOBODY = 65534
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_PATH_BENEATH = 1
_READ_FILE, _WRITE_FILE, _READ_DIR = 1 << 2, 1 << 1, 1 << 3
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS = 1, 4, 8
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2
_CAP_VERSION_3, _CAP_DAC_READ_SEARCH = 0x20080522, 2
_SIGKILL = 9

_libc = ctypes.CDLL(None, use_errno=True)
_libc_with_lock = ctypes.PyDLL(None)  # keeps Python's lock, so that no other thread can run


class LayerError(Exception):
    """A layer could not be taken; nothing of a student may run."""


class _RulesetAttr(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _check(result: int, what: str) -> int:
    if result < 0:
        raise LayerError(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def _prctl(option: int, *args: Any) -> None:
    values = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in (*args, 0, 0, 0, 0)[:4]]
    _check(_libc.prctl(option, *values), f"prctl {option}")


def _syscall(number: int, *args: Any) -> int:
    values = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    return int(_libc.syscall(ctypes.c_long(number), *values))


def landlock_abi() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    return max(0, _syscall(_CREATE_RULESET, 0, 0, 1))


def ruleset(readable: Iterable[str], writable: Iterable[str] = ()) -> int:
    """A Landlock ruleset that allows reading below some paths and nothing else.

    Returns:
        its descriptor; taking it costs one system call.
    """
    abi = landlock_abi()
    if abi < 1:
        raise LayerError("this kernel has no Landlock")
    fs = (1 << 13) - 1
    fs |= sum(1 << bit for bit, since in ((13, 2), (14, 3), (15, 5)) if abi >= since)
    attr = _RulesetAttr(fs, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = _check(_syscall(_CREATE_RULESET, ctypes.byref(attr), size, 0), "Landlock ruleset")
    for path in readable:
        _allow(rules, path, _READ_FILE | _READ_DIR)
    for path in writable:
        _allow(rules, path, _READ_FILE | _WRITE_FILE)
    return rules


def _allow(rules: int, path: str, access: int) -> None:
    """Add a rule; a path that is not there needs none."""
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            access &= ~_READ_DIR
        rule = _PathBeneath(access, fd)
        done = _syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
        _check(done, "Landlock rule")
    finally:
        os.close(fd)


def restrict(rules: int) -> None:
    """Take a Landlock ruleset."""
    _check(_syscall(_RESTRICT_SELF, rules, 0), "Landlock")


def no_new_privileges() -> None:
    """Make sure that nothing executed from here on gains rights; the other layers need it."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def program(code: bytes) -> Any:
    """A seccomp filter as the kernel takes it, from its BPF instructions of eight bytes each."""
    kept = ctypes.create_string_buffer(code, len(code))
    made = _Program(len(code) // 8, ctypes.addressof(kept))
    made.kept = kept
    return made


def install(filter_: Any) -> None:
    """Take a seccomp filter."""
    try:
        _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_))
    except LayerError as error:
        raise LayerError(f"the seccomp filter was refused ({error})") from None


def die_with(parent: int) -> None:
    """End when the parent does."""
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def be_private() -> None:
    """No core file, and no process of the same user may look into this one's memory."""
    _prctl(_PR_SET_DUMPABLE, 0)


def drop_root(needed: Iterable[str]) -> None:
    """Become nobody.

    Python may lie where only root can read, say below /root. Then the one right to read all is
    kept, where there is that right; what may be read is up to Landlock.

    Args:
        needed: files that must be readable afterwards.
    """
    if os.getuid() != 0:
        return
    _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    if all(os.access(path, os.R_OK) for path in needed):
        _set_capabilities(0)
        return
    try:
        _set_capabilities(1 << _CAP_DAC_READ_SEARCH)
    except LayerError:
        raise LayerError("Python lies in a folder that only root can read") from None


def _set_capabilities(mask: int) -> None:
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask, 0, 0, 0, 0)
    _check(_libc.capset(header, data), "capabilities")


def own_address_space() -> int:
    """The bytes of address space in use, found by trying limits: there may be no /proc."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 46
    while high - low > mmap.PAGESIZE:
        middle = (low + high) // 2 // mmap.PAGESIZE * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
        try:
            mmap.mmap(-1, mmap.PAGESIZE).close()
            high = middle
        except (OSError, MemoryError):
            low = middle
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high


Limit = tuple[int, tuple[int, int]]


def planned(limits: dict[str, int], base: int) -> list[Limit]:
    """The resource limits as they will be set; one that is lower already is kept.

    Args:
        limits: any of memory_mb, cpu_seconds, file_mb, descriptors, threads.
        base: the interpreter's own address space in bytes.
    """
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_CPU: limits.get("cpu_seconds"),
        resource.RLIMIT_NOFILE: limits.get("descriptors"),
        resource.RLIMIT_NPROC: limits.get("threads"),
    }
    if "file_mb" in limits:
        wanted[resource.RLIMIT_FSIZE] = limits["file_mb"] << 20
    if "memory_mb" in limits:
        wanted[resource.RLIMIT_AS] = base + (limits["memory_mb"] << 20)
    return [(what, _lower(what, value)) for what, value in wanted.items() if value is not None]


def _lower(what: int, value: int) -> tuple[int, int]:
    # The signal at the soft limit tells that it was processor time; the hard limit kills for sure.
    soft, hard = value, value + (what == resource.RLIMIT_CPU)
    _, most = resource.getrlimit(what)
    return (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))


def limit(plan: Iterable[Limit]) -> None:
    """Take the resource limits."""
    for what, values in plan:
        resource.setrlimit(what, values)


def fork() -> int:
    """Fork without what Python does for threads and random seeds, which touches 200 pages.

    Only for a process with one thread.
    """
    return int(_libc_with_lock.fork())
