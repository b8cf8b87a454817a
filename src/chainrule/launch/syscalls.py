"""The system calls a student's code may make: what Python and numpy need to compute, and no more.

Whatever is not listed fails with EPERM, so that code which tries gets an ordinary Python error.
There is no way to start a process, to open a connection, to signal or trace anyone, to change a
file or its attributes, or to hold memory that the limits do not count. Threads end with the worker.
"""

from __future__ import annotations

import errno
import tempfile

_NAMES = """
    read readv pread64 write writev lseek close close_range fstat newfstatat stat lstat statx
    open openat access faccessat faccessat2 readlink readlinkat getcwd getdents64 dup dup2 dup3
    poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait pipe2
    mmap munmap mprotect mremap madvise brk
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack rt_sigpending
    futex futex_waitv sched_yield sched_getaffinity getcpu set_robust_list rseq membarrier
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times
    setitimer getitimer alarm pause
    getpid getppid gettid getpgrp getpgid getsid
    getuid geteuid getgid getegid getgroups getresuid getresgid
    getrandom getrusage getrlimit uname umask
    exit exit_group restart_syscall
"""
ALLOWED = tuple(_NAMES.split())
_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_DUPFD_CLOEXEC = 0, 1, 2, 3, 1030
_A_THREAD = 0x3D0F00
"""What the C library asks clone for: all that is shared, and nothing in a namespace of its own."""
_DETACHED = 0x400000
"""A flag that has meant nothing for twenty years and is set by musl."""


class NoSeccomp(Exception):
    """The filter cannot be made here; the message says why."""


def program() -> bytes:
    """The filter as the kernel's BPF instructions.

    Raises:
        NoSeccomp: without pyseccomp or libseccomp.
    """
    try:
        import pyseccomp as seccomp  # noqa: PLC0415 # an extra that takes a while to import
    except ImportError:
        raise NoSeccomp("the package pyseccomp is not installed") from None
    except (RuntimeError, OSError):
        raise NoSeccomp("the system library libseccomp is not installed") from None
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        # Older architectures lack some names, newer ones others.
        if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
            rules.add_rule(seccomp.ALLOW, name)
    for command in (_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_DUPFD_CLOEXEC):
        rules.add_rule(seccomp.ALLOW, "fcntl", seccomp.Arg(1, seccomp.EQ, command))
    mask = (2**64 - 1) & ~_DETACHED
    rules.add_rule(seccomp.ALLOW, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, mask, _A_THREAD))
    # Its flags lie in memory, where no filter looks; told that it does not exist, all use clone.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    # Limits may be read, and only one's own.
    rules.add_rule(
        seccomp.ALLOW, "prlimit64", seccomp.Arg(0, seccomp.EQ, 0), seccomp.Arg(2, seccomp.EQ, 0)
    )
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
