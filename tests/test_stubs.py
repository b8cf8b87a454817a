"""Stubs: what students get holds everything but the answers, whatever a marker looks like."""

import ast
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.stubs import StubError, is_trivial, main, make_stub, stale_stubs, write_stubs

COURSE = Path(__file__).parents[1]
ASSIGNMENTS = ("losses", "neuron", "delta_rule", "backprop", "xor")
SOLUTIONS = {name: (COURSE / "solutions" / f"{name}.py").read_text("utf-8") for name in ASSIGNMENTS}
SOURCE = dedent('''\
    """Doubling."""

    FACTOR = 2


    def double(a):
        """Double a."""
        ### BEGIN SOLUTION
        # twice
        doubled = FACTOR * a
        return doubled
        ### END SOLUTION


    def given(a):
        return a
    ''')


def body_lines(source):
    """The lines between the markers, found by nothing cleverer than reading."""
    lines, inside = [], False
    for line in map(str.strip, source.split("\n")):
        if line.startswith("### "):
            inside = line == "### BEGIN SOLUTION"
        elif inside and line:
            lines.append(line)
    return lines


def refusal(source):
    with pytest.raises(StubError) as caught:
        make_stub(dedent(source))
    return caught.value


def test_body_becomes_one_raise():
    assert make_stub(SOURCE) == dedent('''\
        """Doubling."""

        FACTOR = 2


        def double(a):
            """Double a."""
            raise NotImplementedError("double is not written yet")


        def given(a):
            return a
        ''')


def test_what_stands_before_the_markers_in_a_function_stays():
    source = SOURCE.replace("    ### BEGIN", "    b = 1\n    ### BEGIN")
    assert '    b = 1\n    raise NotImplementedError("double' in make_stub(source)


def test_marker_in_a_branch_keeps_its_indentation():
    stub = make_stub(
        dedent("""\
            def absolute(a):
                if a < 0:
                    ### BEGIN SOLUTION
                    return -a
                    ### END SOLUTION
                return a
            """)
    )
    assert stub.split("\n")[1:4] == [
        "    if a < 0:",
        '        raise NotImplementedError("absolute is not written yet")',
        "    return a",
    ]


def test_innermost_function_is_named():
    stub = make_stub(
        dedent("""\
            def outer():
                def inner():
                    ### BEGIN SOLUTION
                    return 1
                    ### END SOLUTION
                return inner
            """)
    )
    assert 'NotImplementedError("inner is not written yet")' in stub


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_do_not_matter(end):
    assert make_stub("\ufeff" + SOURCE.replace("\n", end)) == make_stub(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("### BEGIN SOLUTION", "# BEGIN SOLUTION"),
        ("### BEGIN SOLUTION", "###BEGIN SOLUTION"),
        ("### BEGIN SOLUTION", "### BEGIN SOLUTIONS"),
        ("### BEGIN SOLUTION", "### begin solution"),
        ("### BEGIN SOLUTION", "### Begin Solution"),
        ("### BEGIN SOLUTION", "#### BEGIN SOLUTION"),
        ("### BEGIN SOLUTION", "### BEGIN  SOLUTION"),
        ("### BEGIN SOLUTION", "### BEGIN_SOLUTION"),
        ("### BEGIN SOLUTION", "### BEGIN SOLUTION "),
        ("### BEGIN SOLUTION", "### BEGIN SOLUTION: doubling"),
        ("### BEGIN SOLUTION", "### BEGN SOLUTION"),
        ("### BEGIN SOLUTION", "# BEGIN SOLUTOIN"),
        ("### BEGIN SOLUTION", "# BEGN SOLUTION"),
        ("### BEGIN SOLUTION", "a = a  ### BEGIN SOLUTION"),
        ("### BEGIN SOLUTION", "'''### BEGIN SOLUTION'''"),
        ("### BEGIN SOLUTION", "'''\n    ### BEGIN SOLUTION\n    '''"),
        ("### END SOLUTION", "### END SOLUTION."),
        ("### END SOLUTION", "## END SOLUTION"),
        ("### END SOLUTION", "### END HIDDEN TESTS"),
    ],
)
def test_near_miss_is_refused_where_it_stands(old, new):
    source = SOURCE.replace(old, new)
    error = refusal(source)
    number = 8 if "BEGIN" in old else 12
    assert error.line in {number, number + 1}
    assert "looks like a marker" in str(error)
    assert "'### BEGIN SOLUTION'" in str(error)  # what to write instead


def test_both_markers_misspelled_do_not_hand_out_the_answer():
    source = SOURCE.replace("BEGIN SOLUTION", "BEGIN ANSWER").replace("END SOLUTION", "END ANSWER")
    assert refusal(source).line == 8


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("    ### BEGIN SOLUTION\n", "", 11, "never began"),
        ("    ### END SOLUTION\n", "", 8, "never ends"),
        ("# twice", "### BEGIN SOLUTION", 9, "begins inside the one that began on line 8"),
        ("# twice", "### END SOLUTION", 8, "whole statements"),
        ("    ### BEGIN", "  ### BEGIN", 8, "not indented"),
        ("    ### END", "        ### END", 8, "not indented"),
        ("FACTOR * a", "(FACTOR * a", 10, "not valid Python"),
        ("FACTOR * a", "FACTOR * \0a", 1, "not valid Python"),
        ("return a", "return doubled", 11, "also stands outside"),
        ("def double(a):", "if FACTOR:", 8, "outside any function"),
    ],
)
def test_misplaced_marker_is_refused(old, new, line, problem):
    source = SOURCE.replace(old, new)
    if new == "if FACTOR:":
        source = source.replace("return doubled", "print(doubled)")
    error = refusal(source)
    assert problem in error.problem
    assert "\0" in source or error.line == line


def test_source_without_markers_is_refused():
    assert "no solution is marked" in str(refusal("def f():\n    return 1\n"))


@pytest.mark.parametrize(
    "source",
    [
        """\
        def absolute(a):
            if a < 0:
                a = -a
                ### BEGIN SOLUTION
            else:
                a = +a
                ### END SOLUTION
            return a
        """,
        """\
        def ones():
            return [
                ### BEGIN SOLUTION
                1,
                ### END SOLUTION
            ]
        """,
        """\
        def cut():
            ### BEGIN SOLUTION
            values = [
                1,
                ### END SOLUTION
            ]
        """,
        """\
        def first():
            ### BEGIN SOLUTION
            return 1

        def second():
            return 2
            ### END SOLUTION
        """,
        """\
        def decorated():
            @staticmethod
            ### BEGIN SOLUTION
            def helper():
                return 1
            return helper
            ### END SOLUTION
        """,
        """\
        def empty():
            ### BEGIN SOLUTION
            # nothing
            ### END SOLUTION
            return 1
        """,
    ],
    ids=["branch", "list", "cut list", "two functions", "decorator", "empty"],
)
def test_markers_that_cut_a_statement_are_refused(source):
    assert "whole statements" in refusal(source).problem


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_stub_shows_no_line_of_any_solution(name):
    # All five stubs reach a student together, so one must not give away another's answer.
    stub = {line.strip() for line in make_stub(SOLUTIONS[name]).split("\n")}
    answers = [line for other in ASSIGNMENTS for line in body_lines(SOLUTIONS[other])]
    assert len(answers) > 100
    assert [line for line in answers if line in stub and not is_trivial(line)] == []


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_stub_keeps_signatures_and_docstrings(name):
    def interface(source):
        return {
            node.name: (ast.unparse(node.args), ast.get_docstring(node))
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef)
        }

    stub = make_stub(SOLUTIONS[name])
    assert interface(stub) == interface(SOLUTIONS[name])
    assert stub.count("raise NotImplementedError(") == SOLUTIONS[name].count("### BEGIN SOLUTION")
    assert "SOLUTION" not in stub


MARKER_LINES = [
    (name, number)
    for name, source in SOLUTIONS.items()
    for number, line in enumerate(source.split("\n"))
    if line.strip().startswith("### ")
]


@settings(deadline=None)
@given(
    place=st.sampled_from(MARKER_LINES), column=st.integers(0, 22), typed=st.sampled_from("#xN_: ")
)
def test_one_wrong_key_in_any_marker_never_leaks(place, column, typed):
    """A marker of the course with one key too many, too few or wrong is refused."""
    name, number = place
    lines = SOLUTIONS[name].split("\n")
    line = lines[number]
    for broken in (
        line[:column] + typed + line[column:],
        line[:column] + line[column + 1 :],
        line[:column] + typed + line[column + 1 :],
    ):
        if broken != line:
            with pytest.raises(StubError):
                make_stub("\n".join([*lines[:number], broken, *lines[number + 1 :]]))


def test_course_has_fresh_stubs():
    assert stale_stubs(COURSE) == []


def a_course(folder):
    (folder / "solutions").mkdir()
    (folder / "solutions" / "__init__.py").write_text("")
    (folder / "solutions" / "doubling.py").write_text(SOURCE)
    return folder


def test_stale_missing_and_orphaned_stubs_are_told(tmp_path):
    course = a_course(tmp_path)
    assert stale_stubs(course) == ["assignments/doubling.py"]
    assert write_stubs(course) == ["assignments/doubling.py"]
    assert stale_stubs(course) == []
    stub = course / "assignments" / "doubling.py"
    stub.write_bytes(stub.read_bytes().replace(b"\n", b"\r\n"))
    assert stale_stubs(course) == []
    stub.write_text(stub.read_text() + "# edited\n")
    (course / "assignments" / "orphan.py").write_text("")
    assert stale_stubs(course) == ["assignments/doubling.py", "assignments/orphan.py"]


def test_nothing_is_written_if_one_solution_is_wrong(tmp_path):
    course = a_course(tmp_path)
    wrong = course / "solutions" / "wrong.py"
    wrong.write_text("def f():\n    # BEGIN SOLUTION\n    return 1\n")
    with pytest.raises(StubError) as caught:
        write_stubs(course)
    assert str(caught.value).startswith(f"{wrong}:2: ")
    assert not (course / "assignments").exists()


def test_other_encodings_and_other_folders_are_refused(tmp_path):
    with pytest.raises(StubError, match="no solutions"):
        write_stubs(tmp_path)
    (a_course(tmp_path) / "solutions" / "latin.py").write_bytes(b"# caf\xe9\n")
    with pytest.raises(StubError, match=r"latin\.py:1: not UTF-8"):
        write_stubs(tmp_path)


def test_command_writes_checks_and_complains(tmp_path, capsys):
    course = str(a_course(tmp_path))
    assert main(["--check", course]) == 1
    assert "assignments/doubling.py is not what its solution gives" in capsys.readouterr().err
    assert main([course]) == 0
    assert capsys.readouterr().out == "wrote assignments/doubling.py\n"
    assert main(["--check", course]) == 0
    Path(course, "solutions", "doubling.py").write_text("def f(): pass\n")
    assert main([course]) == 1
    assert "doubling.py:1: no solution is marked" in capsys.readouterr().err


def test_module_runs_as_a_command():
    command = [sys.executable, "-m", "chainrule.stubs", "--check", str(COURSE)]
    assert subprocess.run(command, check=False).returncode == 0
    usage = subprocess.run([*command, "--no-such-option"], check=False, capture_output=True)
    assert usage.returncode == 2
