"""The loop of ``chainrule check --watch``: saves and keys in, one verdict at a time out."""

from __future__ import annotations

import ast
import inspect
import json
import queue
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import watchfiles
from rich.console import Console
from rich.text import Text

from ..judge.show import inert
from ..launch.limits import Limits
from ..renderers import json as json_renderer
from ..renderers import watch as show
from ..renderers.lines import put, put_message
from ..renderers.terminal import same_text
from ..renderers.values import put_curves
from ..run import Options
from ..watch.warm import WarmLauncher
from ..watch.work import Work
from .common import Usage, open_course
from .keys import listening, terminal

SAVED = ""
"""Stands in the queue for a save, among the keys."""
QUIET = 30
"""Milliseconds without a change after which a save is complete."""


def watch(path: Path, folder: Path, only: str | None, seed: int, console: Console) -> None:
    """Check, and check again whenever something is saved; ends with q or ctrl-C."""
    course = open_course(folder, hidden=False)
    launcher = WarmLauncher(Limits())
    options = Options(folder, seed, hidden=False, only=only)
    desk = Watch(Work(course, options, path, launcher), console)
    events: queue.Queue[str] = queue.Queue()
    place = path if path.is_dir() else path.parent
    if not path.exists():
        raise Usage(f"{path} does not exist; name a file or a folder to watch")
    try:
        launcher.prepare()
        _follow(place, events)
        with listening(events.put):
            desk.saved()
            if not terminal():
                console.print("no terminal: keys are off; stop with ctrl-C")
            _answer(desk, events, place)
    finally:
        launcher.close()


def _follow(place: Path, events: queue.Queue[str]) -> None:
    """Tell of every save in a folder, from a thread of its own."""

    def follow() -> None:
        for _ in watchfiles.watch(
            place, debounce=300, step=QUIET, recursive=False, raise_interrupt=False
        ):
            events.put(SAVED)

    threading.Thread(target=follow, daemon=True).start()


def _answer(desk: Watch, events: queue.Queue[str], place: Path) -> None:
    keys = {
        "h": desk.hint,
        "f": desk.formula,
        "d": desk.docstring,
        "o": desk.page,
        SAVED: desk.saved,
    }
    while (event := events.get()) != "q":
        if not place.is_dir():
            raise Usage(f"{place} is gone; start again when it is back")
        keys.get(event.lower(), desk.keys)()


class Watch:
    """One student's session: what is shown, and which function it is about."""

    def __init__(self, work: Work, console: Console) -> None:
        self._work = work
        self._console = console
        self._current: str | None = None
        self._asked: dict[str, int] = {}
        """How many hints were asked for, by function; a save does not take them back."""

    def saved(self) -> None:
        """Look at the files, and show what there is to say."""
        step = self._work.look()
        for problem in step.problems:
            self._say(problem, "magenta")
        for name in step.gone:
            self._say(f"{name} is gone; it is checked when it comes back", "yellow")
        if self._work.order and (step.checked or step.gone):
            self._show(step.checked)

    def _show(self, checked: Sequence[str]) -> None:
        work, console = self._work, self._console
        right = [f for f in work.order if work.right(f)]
        console.print()
        show.show_right([f for f in checked if f in right], console)
        self._current = work.next(checked)
        if self._current is not None:
            self._show_current(self._current)
        show.show_progress(len(right), len(work.order), console)
        self.keys()

    def _show_current(self, name: str) -> None:
        work, console = self._work, self._console
        if work.unwritten(name):
            show.show_unwritten(name, console)
        elif broken := same_text(work.beside(name)):
            put_message(console, inert(broken), 0)
        else:
            show.show_wrong(work.results[name], console)
            put_curves(work.pictures(name), console, 2)

    def keys(self) -> None:
        """Say which keys there are, where there are any."""
        if terminal():
            put(self._console, Text(show.KEYS, "dim"))

    def hint(self) -> None:
        """The next hint."""
        name = self._current
        if name is None:
            self._say("Everything is right.")
            return
        found = show.hints(self._work.results[name], self._work.help(name))
        number = self._asked.get(name, 0)
        if number >= len(found):
            self._say(f"There is no further hint for {name}; f shows the formula.", "cyan")
            return
        self._asked[name] = number + 1
        self._say(f"Hint {number + 1} of {len(found)}: {found[number]}", "cyan")

    def formula(self) -> None:
        """The lecture's formula; where the course has none, what is asked."""
        if self._current is None:
            self._say("Everything is right.")
        elif guide := self._work.help(self._current):
            put(self._console, Text(self._current, "bold"))
            put_message(self._console, guide.formula, 2)
        else:
            self.docstring()

    def docstring(self) -> None:
        """What the function's docstring asks for."""
        if self._current is None:
            self._say("Everything is right.")
            return
        text = self._docstring(self._current)
        if text is None:
            self._say(f"{self._current} has no docstring in your file; see the one you were given.")
        else:
            put(self._console, Text(self._current, "bold"))
            put_message(self._console, inert(text), 2)

    def _docstring(self, name: str) -> str | None:
        for source in self._work.sources.values():
            try:
                tree = ast.parse(source.code)
            except (SyntaxError, ValueError):
                continue
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and node.name == name:
                    text = ast.get_docstring(node)
                    return inspect.cleandoc(text) if text else None
        return None

    def page(self) -> None:
        """Open all of it in a browser."""
        try:
            from ..renderers import report
        except ImportError:
            self._say("Pages need more: pip install 'chainrule[report]'", "yellow")
            return
        grades = self._work.grades()
        data = json.dumps(json_renderer.as_data(grades)).encode()
        pictures = {s.assignment: self._work.gallery(s) for s in grades.submissions}
        run = report.read(data)
        folder = Path(tempfile.mkdtemp(prefix="chainrule-"))
        found = report.files(run, report.Beside(lambda whose: pictures[whose[1]]))
        pages = [f for f in found if f[0].startswith("students/")]
        for number, (_, page) in enumerate(pages):
            path = folder / f"{number}.html"
            path.write_bytes(page)
            webbrowser.open(path.as_uri())
            self._say(f"opened {path}")

    def _say(self, text: str, style: str = "") -> None:
        put(self._console, Text(inert(text), style))
