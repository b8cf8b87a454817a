"""How a zygote is started at each level: the command, what it may read, who it is.

At ``namespaces`` bubblewrap gives it a root of its own: the Python runtime, the system's
libraries and the two packages a worker needs, all read-only; no /proc, no network, no other
process. At ``landlock+seccomp`` it shares the machine's files and the inner layers keep it out.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

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
        user: who the command runs as; ``None`` for whoever runs this.
        own_root: whether the zygote has a root of its own.
        layers: the layers inside.
    """

    level: str
    command: list[str]
    filter: bytes
    drop_root: bool = False
    user: int | None = None
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
    return [e for f in _stdlib() for e in _entries(f, "site-packages", "dist-packages")]


def libraries() -> list[str]:
    """Where the dynamic linker looks, except the folders of any Python."""
    found = ["/etc/ld.so.cache"]
    for folder in dict.fromkeys(Path(f).resolve() for f in _SYSTEM_LIBRARIES):
        # /usr/lib holds much beside libraries, and those per architecture: x86_64-linux-gnu.
        mixed = folder == Path("/usr/lib")
        entries = _entries(folder, "python", "pypy")
        found += [e for e in entries if not mixed or ".so" in e or "-linux-" in e]
    return found + [str(p) for p in _own_libraries()]


def _own_libraries() -> list[Path]:
    """The shared libraries beside the standard library: libpython, and more under conda."""
    folder = sysconfig.get_config_var("LIBDIR")
    return sorted(p for p in Path(folder).glob("*.so*") if p.is_file()) if folder else []


def _entries(folder: Path, *but: str) -> list[str]:
    try:
        return sorted(str(p) for p in folder.iterdir() if not p.name.startswith(but))
    except OSError:
        return []


def _stdlib() -> list[Path]:
    """The standard library's folders, those of the Python that a virtual environment is made of."""
    base, platform = sys.base_prefix, sys.base_exec_prefix
    names = {"base": base, "platbase": platform}
    installed = {f"installed_{name}": value for name, value in names.items()}
    paths = [sysconfig.get_path(key, vars=names | installed) for key in ("stdlib", "platstdlib")]
    return [Path(p) for p in dict.fromkeys(paths) if p]


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
    return Recipe(
        "namespaces",
        command,
        program,
        drop_root=root,
        user=NOBODY if as_nobody else None,
        own_root=True,
        layers=layers,
    )


def _mounts() -> list[str]:
    """The new root, all of it read-only."""
    runtime = _runtime()
    mounted = [*map(Path, _SYSTEM_LIBRARIES), *runtime, Path(PACKAGES, "any"), Path("/etc/any")]
    args = [arg for folder in _above(mounted) for arg in ("--dir", str(folder))]
    for folder in map(Path, _SYSTEM_LIBRARIES):
        if folder.is_symlink():
            args += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            args += ["--ro-bind", str(folder), str(folder)]
    for place in map(str, runtime):
        args += ["--ro-bind", place, place]
    for folder in _installed_packages():
        args += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
    for package in boot.packages():
        args += ["--ro-bind", str(package.resolve()), f"{PACKAGES}/{package.name}"]
    args += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    return [*args, "--dev-bind-try", "/dev/null", "/dev/null", "--remount-ro", "/"]


def _above(places: list[Path]) -> list[Path]:
    """The folders above mounts; bubblewrap would make them for root alone."""
    above = {parent for place in places for parent in place.parents} | {Path("/dev")}
    return sorted(above - {Path("/"), *map(Path, _SYSTEM_LIBRARIES)})


def _runtime() -> list[Path]:
    """The interpreter, its standard library and its own shared libraries, if not in /usr/lib."""
    python = Path(boot.command()[0])
    places = dict.fromkeys([python, python.resolve(), *_stdlib(), *_own_libraries()])
    return [p for p in places if not str(p).startswith(tuple(f"{f}/" for f in _SYSTEM_LIBRARIES))]


def _installed_packages() -> list[Path]:
    """Folders of installed packages within what is bound; they may hold the course itself."""
    found = [p for f in ("/usr/lib", "/usr/lib64") for p in Path(f).glob("py*/*-packages")]
    found += [p for folder in _stdlib() for p in folder.glob("*-packages")]
    return [p for p in dict.fromkeys(found) if p.is_dir() and not p.is_symlink()]
