"""Make the students' stubs out of the reference solutions.

What stands between nbgrader's own markers, `BEGIN` and `END` of a solution, is replaced by
`raise NotImplementedError`; the rest is the stub. A marker that is almost right would hand out the
answer, so the reading is strict: whatever looks like a marker and is none is refused.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"

# nbgrader takes any line that contains "BEGIN SOLUTION" for a marker, wherever it stands. Such a
# line, in any spelling, is ours exactly or refused.
_LOOKS_LIKE_A_MARKER = re.compile(r"(begin|end)[\W_]*solution", re.IGNORECASE)
# A typo in either word escapes the pattern above; this is how far a comment may resemble a marker.
_LOOKS_LIKE_A_TYPO = re.compile(r"###|#+\s*(BEGIN|END)\b|.*\bSOLUTIONS?\b")

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class StubError(ValueError):
    """A solution from which no stub can be made: where, why, and what to do."""

    def __init__(self, line: int, problem: str, advice: str, path: str = "") -> None:
        self.line, self.problem, self.advice, self.path = line, problem, advice, path
        where = f"{path}:{line}" if path else f"line {line}"
        super().__init__(f"{where}: {problem}. {advice}.")


@dataclass(frozen=True)
class _Marker:
    """A line that holds a marker and nothing else."""

    line: int
    indent: int
    is_begin: bool


@dataclass(frozen=True)
class _Block:
    """The lines from a BEGIN marker to its END marker, both included, in a function."""

    begin: int
    end: int
    indent: int
    function: str


def make_stub(source: str) -> str:
    """Return the source with every solution replaced by `raise NotImplementedError`.

    Raises:
        StubError: the source is no Python, has no markers, or has one that is stray, nested,
            unclosed, misplaced or misspelled; or the stub would still show a line of a solution.
    """
    # Python reads all three line ends alike; one of them keeps our line numbers equal to its own.
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    tree, lines = _parse(source), source.split("\n")
    blocks = [_locate(begin, end, tree, lines) for begin, end in _pairs(_markers(source))]
    if not blocks:
        raise StubError(
            1,
            "no solution is marked, so the stub would be the whole solution",
            f"Put {BEGIN!r} and {END!r} around each answer",
        )
    stub = "\n".join(_without(lines, blocks))
    _refuse_leaks(lines, blocks, stub)
    return stub


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:  # ValueError: a null byte, before Python 3.12
        line = getattr(error, "lineno", None) or 1
        raise StubError(line, f"not valid Python ({error})", "Correct the line") from error


def _markers(source: str) -> list[_Marker]:
    """Find the markers, and refuse whatever only resembles one."""
    markers, lines = [], source.split("\n")
    comments = {
        token.start[0]: token
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for number, line in enumerate(lines, start=1):
        comment = comments.get(number)
        if comment and comment.string in {BEGIN, END} and line.strip() == comment.string:
            markers.append(_Marker(number, comment.start[1], comment.string == BEGIN))
        elif _LOOKS_LIKE_A_MARKER.search(line) or (
            comment and _LOOKS_LIKE_A_TYPO.match(comment.string)
        ):
            raise StubError(
                number,
                f"{line.strip()!r} looks like a marker and is none",
                f"A marker is exactly {BEGIN!r} or {END!r}, a comment alone on its line without "
                "spaces after it; write anything else in other words, and with fewer than three "
                "hashes",
            )
    return markers


def _pairs(markers: Sequence[_Marker]) -> Iterator[tuple[_Marker, _Marker]]:
    """Pair each BEGIN with the END that follows it."""
    opened: _Marker | None = None
    for marker in markers:
        if marker.is_begin and opened:
            raise StubError(
                marker.line,
                f"a solution begins inside the one that began on line {opened.line}",
                f"Put {END!r} before it; solutions do not nest",
            )
        if marker.is_begin:
            opened = marker
        elif opened is None:
            raise StubError(
                marker.line, "a solution ends that never began", f"Put {BEGIN!r} before it"
            )
        else:
            yield opened, marker
            opened = None
    if opened:
        raise StubError(opened.line, "a solution begins and never ends", f"Put {END!r} after it")


def _locate(begin: _Marker, end: _Marker, tree: ast.Module, lines: Sequence[str]) -> _Block:
    """Find the function that a pair of markers stands in, and make sure it holds whole statements.

    Raises:
        StubError: there is no such function, or the markers cut through a statement.
    """
    function = _enclosing_function(begin, end, tree)
    if function is None:
        raise StubError(
            begin.line,
            "a solution stands outside any function",
            "Move the markers into the function that students are to write",
        )
    statements = _statements_between(begin.line, end.line, function, lines)
    if not statements:
        raise StubError(
            begin.line,
            f"the markers do not hold whole statements of one block of {function.name}",
            "Put them around all lines of the statements that students are to write",
        )
    if {begin.indent, end.indent} != {statements[0].col_offset}:
        raise StubError(
            begin.line,
            "the markers are not indented like the statements between them",
            f"Indent both by {statements[0].col_offset} spaces",
        )
    return _Block(begin.line, end.line, begin.indent, function.name)


def _enclosing_function(begin: _Marker, end: _Marker, tree: ast.Module) -> _Function | None:
    """Return the innermost function around both markers."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, _Function)
        and node.lineno < begin.line
        # A comment after the last statement of a function is, to ast, no part of it.
        and begin.line <= (node.end_lineno or 0)
        and begin.indent > node.col_offset
        and end.indent > node.col_offset
    ]
    return max(around, key=lambda node: node.lineno, default=None)


def _statements_between(
    begin: int, end: int, function: _Function, lines: Sequence[str]
) -> list[ast.stmt]:
    """Return the statements between two lines; [] if they are not whole, or not of one block."""
    suites = _suites_touched(begin, end, function)
    inside = [s for suite in suites for s in suite if begin < _first_line(s) < end]
    between = range(begin + 1, end)
    # Whatever is no comment must belong to these statements (an `else:` may belong to another),
    # and they must not reach beyond the markers.
    code = {n for n in between if lines[n - 1].strip() and lines[n - 1].lstrip()[0] != "#"}
    taken = {n for s in inside for n in range(_first_line(s), (s.end_lineno or 0) + 1)}
    return inside if len(suites) == 1 and code <= taken <= {*between} else []


def _first_line(statement: ast.stmt) -> int:
    """Return the line on which a statement, decorators included, begins."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _suites_touched(begin: int, end: int, function: _Function) -> list[list[ast.stmt]]:
    """Return the outermost lists of statements, one of whose statements starts in the block."""
    touched, waiting = [], [function.body]
    while waiting:
        suite = waiting.pop()
        if any(begin < _first_line(statement) < end for statement in suite):
            touched.append(suite)
        else:
            waiting.extend(inner for statement in suite for inner in _inner_suites(statement))
    return touched


def _inner_suites(statement: ast.AST) -> Iterator[list[ast.stmt]]:
    for child in (statement, *ast.iter_child_nodes(statement)):
        if child is statement or isinstance(child, (ast.ExceptHandler, ast.match_case)):
            for _, value in ast.iter_fields(child):
                if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                    yield value


def _without(lines: Sequence[str], blocks: Sequence[_Block]) -> Iterator[str]:
    """Yield the lines of the stub."""
    position = 0
    for block in blocks:
        yield from lines[position : block.begin - 1]
        yield " " * block.indent + (
            f'raise NotImplementedError("{block.function} is not written yet")'
        )
        position = block.end
    yield from lines[position:]


def _refuse_leaks(lines: Sequence[str], blocks: Sequence[_Block], stub: str) -> None:
    """Refuse a line of a solution that also stands outside the markers."""
    given = {line.strip() for line in stub.split("\n")}
    for block in blocks:
        for number in range(block.begin + 1, block.end):
            line = lines[number - 1].strip()
            if line in given and not is_trivial(line):
                raise StubError(
                    number,
                    f"{line!r} is part of a solution and also stands outside the markers",
                    "Write one of the two differently",
                )


def is_trivial(line: str) -> bool:
    """Tell whether a line says nothing about a solution: brackets, `else:` and the like."""
    return not re.sub(r"\b(else|try|finally|pass|break|continue|return)\b", "", line).strip(
        " :()[]{},"
    )


def write_stubs(course_dir: str | Path) -> list[str]:
    """Write assignments/*.py from solutions/*.py; return the paths written, relative to the course.

    Raises:
        StubError: a solution is not marked up correctly; nothing has been written then.
    """
    stubs = _stubs(Path(course_dir))
    for name, stub in stubs.items():
        path = Path(course_dir, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(stub, encoding="utf-8", newline="\n")
    return list(stubs)


def stale_stubs(course_dir: str | Path) -> list[str]:
    """Return the stubs that are missing, out of date, or without a solution; [] if all is well."""
    course = Path(course_dir)
    wanted = _stubs(course)
    present = {
        # As text: a checkout may have turned the line ends into the machine's own.
        f"assignments/{path.name}": path.read_text(encoding="utf-8", errors="replace")
        for path in course.glob("assignments/*.py")
        if not path.name.startswith("_")
    }
    return sorted(
        name
        for name in {*wanted, *present}
        if name not in wanted or present.get(name) != wanted[name]
    )


def _stubs(course: Path) -> dict[str, str]:
    """Make all stubs of a course, by the paths that they belong to."""
    stubs = {}
    for path in sorted(course.glob("solutions/*.py")):
        if path.name.startswith("_"):
            continue
        try:
            stubs[f"assignments/{path.name}"] = make_stub(path.read_text(encoding="utf-8"))
        except StubError as error:
            raise StubError(error.line, error.problem, error.advice, str(path)) from error
        except UnicodeDecodeError as error:
            raise StubError(1, "not UTF-8", "Save the file as UTF-8", str(path)) from error
    if not stubs:
        raise StubError(
            1, "there are no solutions", "Name a course folder", str(course / "solutions")
        )
    return stubs


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the stubs and the notebooks, or with --check tell which are stale.

    Returns:
        0 all is well; 1 a stub is stale or cannot be made; 2 (from argparse) wrong usage.
    """
    parser = argparse.ArgumentParser(prog="python -m chainrule.stubs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if any differs")
    parser.add_argument("course_dir", metavar="DIR", nargs="?", default=".", help="course folder")
    options = parser.parse_args(arguments)
    # The command makes all that students get; whoever needs stubs alone need not load notebooks.
    from .course import CourseError  # noqa: PLC0415
    from .notebooks import NarrativeError, stale_notebooks, write_notebooks  # noqa: PLC0415

    try:
        if not options.check:
            written = write_stubs(options.course_dir) + write_notebooks(options.course_dir)
            print("\n".join(f"wrote {name}" for name in written))
            return 0
        stale = stale_stubs(options.course_dir) + stale_notebooks(options.course_dir)
    except (StubError, CourseError, NarrativeError) as error:
        print(error, file=sys.stderr)
        return 1
    for name in stale:
        print(
            f"{name} is not what its solution gives: run python -m chainrule.stubs, or delete it "
            "if it has no solution",
            file=sys.stderr,
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
