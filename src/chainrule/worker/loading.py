"""A student's module out of bytes, as Python would import it."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from collections.abc import Sequence
from typing import Any

from . import wire
from .execute import STUDENT_FILES, Output, describe

ALLOWED = sys.stdlib_module_names | {"numpy"}


class OnlyNumpy(importlib.abc.MetaPathFinder):
    """Refuses every import but numpy's and the standard library's."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        top = fullname.partition(".")[0]
        if top in ALLOWED or top.startswith("_sysconfigdata_"):
            return None
        raise ModuleNotFoundError(
            f"No module named {top!r} here: only numpy and the standard library are available",
            name=fullname,
        )


def guard_imports() -> None:
    """Take what is not allowed out of ``sys.modules`` and refuse to bring it back."""
    for name in list(sys.modules):
        if name.partition(".")[0] not in ALLOWED | {"__main__", "__mp_main__"}:
            del sys.modules[name]
    sys.meta_path.insert(0, OnlyNumpy())


def load(message: wire.Load, output: Output) -> tuple[types.ModuleType, wire.Loaded]:
    """Run the cells one after another in one module; a cell that fails is noted and left."""
    module = types.ModuleType(message.module)
    module.__file__ = f"{message.module}.py"
    sys.modules[message.module] = module
    errors: list[tuple[str, wire.Error]] = []
    for cell in message.cells:
        try:
            run(cell, module)
        except BaseException as raised:  # SystemExit and KeyboardInterrupt are a student's too
            errors.append((cell.label, describe(raised)))
    names = sorted(str(n) for n, v in list(vars(module).items()) if callable(v))
    return module, wire.Loaded([n[:200] for n in names][:10_000], errors, output.take())


def forget(module: types.ModuleType) -> None:
    """Leave nothing behind of a module that was made here."""
    sys.modules.pop(module.__name__, None)
    STUDENT_FILES.clear()
    linecache.cache.clear()


def run(cell: wire.Cell, module: types.ModuleType) -> None:
    """Compile and run one cell; its label is the file name in tracebacks."""
    filename = cell.label
    STUDENT_FILES.add(filename)
    code = compile(cell.source, filename, "exec", dont_inherit=True)
    lines = cell.source.decode("utf-8-sig", "replace").splitlines(keepends=True)
    linecache.cache[filename] = (len(cell.source), None, lines, filename)
    exec(code, vars(module))
