"""How the worker's modules reach a fresh interpreter: as text over its standard input.

The interpreter starts isolated (``-I -S``): no site, no environment, no path of this package.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import numpy

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
_loading.guard_imports()
_serve.main(_in, _out)
"""


def bundle(extra: tuple[str, ...] = ()) -> bytes:
    """The worker's modules as the starter reads them: a length, then JSON."""
    here = Path(__file__).parent
    modules = [(n, (here / f"{n}.py").read_text("utf-8")) for n in MODULES + extra]
    body = json.dumps({"path": library_path(), "modules": modules}).encode()
    return len(body).to_bytes(4, "little") + body


def library_path() -> list[str]:
    """The folders that numpy and msgspec are imported from, and no other."""
    folders = [str(Path(package.__file__ or "").parent.parent) for package in (numpy, msgspec)]
    return [f for i, f in enumerate(folders) if f not in folders[:i] and f in sys.path]
