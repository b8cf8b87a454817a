"""How a zygote is started at each level: the command, what it may read, who it is.

At ``namespaces`` bubblewrap gives it a root of its own: the Python runtime, the system's
libraries and the two packages a worker needs, all read-only; no /proc, no network, no other
process. At ``landlock+seccomp`` it shares the machine's files and the inner layers keep it out.
"""

from __future__ import annotations

import glob
import os
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..worker import boot
from .limits import Limits

NOBODY = 65534
PACKAGES = "/packages"
"""Where a worker finds numpy in a root of its own: its place outside may name the checkout."""
_SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64")
_MODULES = ("layers", "zygote")


@dataclass(frozen=True)
class Layers:
    """The layers inside a zygote. All are on; only tests of the layers turn one off."""

    landlock: bool = True
    seccomp: bool = True
    rlimits: bool = True
    descriptors: bool = True


@dataclass(frozen=True)
class Recipe:
    """How to start a zygote of one level, in this process or another.

    Args:
        level: its name in the results.
        command: the program and its arguments.
        filter: the seccomp filter's instructions.
        drop_root: whether the zygote itself has to become nobody.
        identity: who the command runs as, as `subprocess.Popen` takes it.
        own_root: whether the zygote has a root of its own.
        layers: the layers inside.
    """

    level: str
    command: list[str]
    filter: bytes
    drop_root: bool = False
    identity: dict[str, Any] = field(default_factory=dict)
    own_root: bool = False
    layers: Layers = Layers()

    def bundle(self, limits: Limits, folder: Path) -> bytes:
        """What the zygote is sent: its modules, and what its workers may do.

        Args:
            limits: on each worker.
            folder: an empty one, for links to packages where there is no root of its own.
        """
        path = [PACKAGES] if self.own_root else boot.linked_path(folder)
        packages = [f"{place}/{p.name}" for place in path[:1] for p in boot.packages()]
        config = {
            "layers": vars(self.layers),
            "limits": limits.inner(),
            "output_characters": limits.output_characters,
            "filter": self.filter.hex(),
            "readable": [*libraries(), *standard_library(), *_wanted(packages)],
            "writable": ["/dev/null"],
            "needed": [os.__file__, f"{path[0]}/numpy/__init__.py"],
            "drop_root": self.drop_root,
        }
        return boot.bundle(path, _MODULES, config)


def _wanted(packages: list[str]) -> list[str]:
    """What a student's own imports may load: numpy, not msgspec."""
    return [p for p in packages if not p.endswith("/msgspec")]


def standard_library() -> list[str]:
    """What lies in the standard library's folders, except the folders of installed packages."""
    found: list[str] = []
    for key in ("stdlib", "platstdlib"):
        found += _entries(sysconfig.get_path(key, vars=_base()), "site-packages", "dist-packages")
    return found


def libraries() -> list[str]:
    """Where the dynamic linker looks, except the folders of any Python."""
    found = ["/etc/ld.so.cache"]
    for folder in dict.fromkeys(os.path.realpath(f) for f in _SYSTEM_LIBRARIES):
        found += _entries(folder, "python", "pypy", "node_modules")
    own = sysconfig.get_config_var("LIBDIR")
    return found + (sorted(glob.glob(f"{glob.escape(own)}/*.so*")) if own else [])


def _entries(folder: str | None, *but: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder)) if folder else []
    except OSError:
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(but)]


def _base() -> dict[str, str]:
    """The variables that make paths those of the Python that a virtual environment is made of."""
    base, platform = sys.base_prefix, sys.base_exec_prefix
    return {
        "base": base,
        "platbase": platform,
        "installed_base": base,
        "installed_platbase": platform,
    }


def without_namespaces(program: bytes, layers: Layers = Layers()) -> Recipe:
    """The second level: the inner layers alone."""
    command = boot.command(boot.ZYGOTE)
    drop = os.getuid() == 0
    return Recipe("landlock+seccomp", command, program, drop_root=drop, layers=layers)


def with_namespaces(
    bwrap: str, program: bytes, *, as_nobody: bool = False, layers: Layers = Layers()
) -> Recipe:
    """The first level: everything.

    Root sets the mounts up as root and drops to nobody inside; a user namespace would make the
    sandbox's nobody the machine's root. Root without the right to mount starts as nobody, and
    anybody else as themselves, in a user namespace.

    Args:
        bwrap: bubblewrap's path.
        program: the seccomp filter.
        as_nobody: as root, give up being root before the user namespace.
        layers: the layers inside.
    """
    root = os.getuid() == 0 and not as_nobody
    if root:
        who = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        who = ["--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY), "--cap-drop", "ALL"]
    unshare = ["pid", "net", "ipc", "uts", "cgroup-try"]
    command = [
        bwrap,
        *who,
        *(f"--unshare-{kind}" for kind in unshare),
        *("--hostname", "localhost", "--as-pid-1"),
        *_mounts(),
        *("--chdir", "/", "--"),
        *boot.command(boot.ZYGOTE),
    ]
    identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_nobody else {}
    return Recipe(
        "namespaces",
        command,
        program,
        drop_root=root,
        identity=identity,
        own_root=True,
        layers=layers,
    )


def _mounts() -> list[str]:
    """The new root, all of it read-only."""
    args: list[str] = []
    for folder in _SYSTEM_LIBRARIES:
        if os.path.islink(folder):
            args += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            args += ["--ro-bind", folder, folder]
    for place in _runtime():
        args += ["--ro-bind", place, place]
    for folder in _installed_packages():
        args += ["--tmpfs", folder, "--remount-ro", folder]
    for package in boot.packages():
        args += ["--ro-bind", os.path.realpath(package), f"{PACKAGES}/{package.name}"]
    args += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    return [*args, "--dev-bind-try", "/dev/null", "/dev/null", "--remount-ro", "/"]


def _runtime() -> list[str]:
    """The interpreter, its standard library and its own shared libraries, where not in /usr/lib."""
    python = boot.command()[0]
    own = sysconfig.get_config_var("LIBDIR")
    places = [python, os.path.realpath(python)]
    places += [p for key in ("stdlib", "platstdlib") if (p := sysconfig.get_path(key, vars=_base()))]
    if own:
        places += [p for p in sorted(glob.glob(f"{glob.escape(own)}/*.so*")) if os.path.isfile(p)]
    return [p for p in dict.fromkeys(places) if not p.startswith(_inside_system())]


def _inside_system() -> tuple[str, ...]:
    return tuple(f"{folder}/" for folder in _SYSTEM_LIBRARIES)


def _installed_packages() -> list[str]:
    """Folders of installed packages within what is bound; they may hold the course itself."""
    patterns = [f"{folder}/py*/*-packages" for folder in ("/usr/lib", "/usr/lib64")]
    found = [f for pattern in patterns for f in glob.glob(pattern)]
    for key in ("stdlib", "platstdlib"):
        found += glob.glob(f"{sysconfig.get_path(key, vars=_base())}/*-packages")
    return [f for f in dict.fromkeys(found) if os.path.isdir(f) and not os.path.islink(f)]
