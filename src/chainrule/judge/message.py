"""What the student is told: what should hold, the smallest input, expected, got, one hint."""

from __future__ import annotations

import builtins
from typing import Any

from ..grading.declare import Check
from ..grading.failure import Failure, StudentError
from ..grading.forms import Opaque
from ..worker import wire
from .answers import plain
from .show import as_json, inert, line, show
from .submission import LostCall, Step
from .verdict import Verdict


def counterexample(verdict: Verdict) -> dict[str, Any] | None:
    """The input, the calls made on it, what was expected and what came."""
    problem = verdict.problem
    if problem is None or isinstance(problem, LostCall):
        return None
    found: dict[str, Any] = {
        "input": {name: as_json(value) for name, value in verdict.arguments.items()},
        "calls": [show_call(step) for step in verdict.steps[:4]],
    }
    if isinstance(problem, Failure):
        found["expected"] = as_json(problem.expected)
        found["got"] = as_json(problem.got)
        if not problem.compared:
            found["compared"] = False
        if problem.block:
            found["block"] = problem.block
            found["right_blocks"] = list(problem.right_blocks)
            found["blocks"] = list(problem.blocks)
    return found


def explain(check: Check, verdict: Verdict, reveal: str, sentence: str | None) -> str:
    """The message for one check that did not pass.

    Args:
        check: whose title has been shown already.
        verdict: what was found.
        reveal: ``none``, ``message`` or ``counterexample``: how much of the input is told.
        sentence: what a teacher would say, where the mistake is known.
    """
    if reveal == "none":
        return "This hidden check did not pass."
    problem = verdict.problem
    lines = _what(problem, detailed=reveal == "counterexample")
    if reveal == "counterexample":
        lines += _input(verdict) + _values(problem)
    if sentence:
        lines.append(sentence)
    elif check.hint and verdict.outcome in ("failed", "error"):
        lines.append(f"Hint: {check.hint}")
    return "\n".join(lines)


def _what(problem: Exception | None, detailed: bool) -> list[str]:
    if isinstance(problem, Failure):
        says, right = (problem.says if detailed else problem.brief), ""
        if problem.right_blocks and says == problem.says:
            right = ". Right: " + ", ".join(problem.right_blocks)
        return [_sentence(line(says + right))]
    if isinstance(problem, StudentError):
        # A student chooses the text and even the name: either can hold a hidden input.
        text = f"Your code raised {problem.kind if detailed else _known(problem.kind)}"
        if detailed:
            text += f": {_indented(problem.text)}" if problem.text else ""
        trace = [inert(problem.traceback)] if problem.traceback and detailed else []
        return [_sentence(inert(text)), *trace]
    if isinstance(problem, LostCall):
        return [line(f"{problem.lost.text}.")]  # it begins with a function's name
    return [_sentence(inert(str(problem)))]


def _indented(text: str) -> str:
    """A student's text, none of whose lines looks like one of ours."""
    return text.replace("\n", "\n    ")


def _known(kind: str) -> str:
    """An exception's name, if it is Python's own."""
    name = kind.partition(" ")[0]
    own = getattr(builtins, name, None)
    return name if isinstance(own, type) and issubclass(own, BaseException) else "an exception"


def _sentence(text: str) -> str:
    """A sentence of what may begin with a name: ``w`` and ``total_e`` stay as they are written."""
    word = text.partition(" ")[0]
    if word.isalpha() and (len(word) > 1 or word == "a"):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def _input(verdict: Verdict) -> list[str]:
    if not verdict.steps:
        return []
    calls = [show_call(step) for step in verdict.steps[-2:]]
    return ["Input:    " + "\n          ".join(calls)]


def _values(problem: Exception | None) -> list[str]:
    if not isinstance(problem, Failure):
        return []
    lines = []
    if problem.expected is not None:
        lines.append(f"Expected: {_part(problem, problem.expected)}")
    if problem.got is not None:
        lines.append(f"Got:      {_part(problem, problem.got)}")
    return lines


def _part(problem: Failure, value: Any) -> str:
    return show(value, problem.where)


def show_call(step: Step) -> str:
    """A call as the student would write it."""
    parts = [_argument(node) for node in step.call.args]
    parts += [f"{name}={_argument(node)}" for name, node in step.call.kwargs.items()]
    return f"{step.call.function}({', '.join(parts)})"


def _argument(node: wire.Node) -> str:
    if isinstance(node, wire.Handle):
        return "<your own result>"
    if isinstance(node, wire.Callback):
        return "f"
    if isinstance(node, wire.Seq):
        return "[" + ", ".join(_argument(item) for item in node.items) + "]"
    value = plain(node)
    return (
        repr(value)
        if isinstance(value, str)
        else show(value)
        if not isinstance(value, Opaque)
        else "?"
    )
