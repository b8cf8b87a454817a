"""How the worker's modules reach a fresh interpreter: as text over its standard input.

The interpreter starts without site, current folder or environment but the few variables it is
given: the seed of its hashes among them, which ``-I`` would ignore.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

MODULES = ("wire", "values", "execute", "loading", "serve")

STARTER = """
import json, os, sys, types
def _read(n):
    data = b""
    while len(data) < n:
        part = os.read(0, n - len(data))
        if not part: os._exit(1)
        data += part
    return data
_bundle = json.loads(_read(int.from_bytes(_read(4), "little")))
sys.path[:] = [p for p in sys.path if p] + _bundle["path"]
import numpy, msgspec, numpy.random, numpy.linalg
_package = types.ModuleType("_worker"); _package.__path__ = []
sys.modules["_worker"] = _package
for _name, _source in _bundle["modules"]:
    _module = types.ModuleType("_worker." + _name); _module.__package__ = "_worker"
    sys.modules["_worker." + _name] = _module
    setattr(_package, _name, _module)
    exec(compile(_source, "<worker>", "exec"), _module.__dict__)
sys.path[:] = [p for p in sys.path if p not in _bundle["path"]]
"""

SERVE = """
_in, _out = os.dup(0), os.dup(1)
_null = os.open(os.devnull, os.O_RDWR)
for _fd in (0, 1, 2): os.dup2(_null, _fd)
_loading = sys.modules["_worker.loading"]; _serve = sys.modules["_worker.serve"]
_config = _bundle["config"]
sys.modules["_worker.execute"].set_limits(_config["memory_mb"], _config["output_characters"])
if _config["limits"]:
    _layers = sys.modules["_worker.layers"]
    _layers.die_with(_config["parent"])
    _layers.limit(_layers.planned(_config["limits"], _layers.own_address_space()))
os.environ.clear()
_loading.guard_imports()
_output = _serve.get_ready()
sys.argv[:] = [""]; sys.orig_argv[:] = [""]; _main = _serve.main
_kept = ("_in", "_out", "_main", "_output")
for _n in [n for n in globals() if n[0] == "_" != n[1] and n not in _kept]:
    del globals()[_n]
_main(_in, _out, _output)
"""

ZYGOTE = """
sys.modules["_worker.zygote"].main(_bundle["config"])
"""


def command(*tail: str) -> list[str]:
    """How a worker's interpreter is started; never a venv's, so that no site folder comes along."""
    python = getattr(sys, "_base_executable", "") or sys.executable
    return [python, "-s", "-S", "-P", "-B", "-c", STARTER + "".join(tail)]


def bundle(path: list[str], extra: tuple[str, ...] = (), config: Any = None) -> bytes:
    """The worker's modules as the starter reads them: a length, then JSON.

    Args:
        path: the folders that hold numpy and msgspec.
        extra: modules that only some workers need.
        config: what the last of them is told.
    """
    here = Path(__file__).parent
    modules = [(n, (here / f"{n}.py").read_text("utf-8")) for n in MODULES + extra]
    body = json.dumps({"path": path, "modules": modules, "config": config}).encode()
    return len(body).to_bytes(4, "little") + body


def packages() -> list[Path]:
    """The folders of numpy and msgspec, and of the libraries that their wheels bring along."""
    found = []
    for package in (np, msgspec):
        folder = Path(package.__file__ or "").parent
        libraries = folder.with_name(f"{folder.name}.libs")
        found += [folder, *([libraries] if libraries.is_dir() else [])]
    return found


def library_path() -> list[str]:
    """The folders that numpy and msgspec are imported from, and no other."""
    return list(dict.fromkeys(str(folder.parent) for folder in packages()))


def linked_path(folder: Path) -> list[str]:
    """The same packages by links in a folder of their own, where the system has links.

    A virtual environment often lies inside a course's checkout, and a package knows its path.
    """
    try:
        for package in packages():
            (folder / package.name).symlink_to(package, target_is_directory=True)
    except OSError:
        return library_path()
    return [str(folder)]
