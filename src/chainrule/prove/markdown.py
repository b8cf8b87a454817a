"""A proof as Markdown, for a repository's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .proof import CheckRow, Count, Proof, Row, Shortfall
from .statistics import share

BEGIN, END = "<!-- chainrule prove -->", "<!-- end of chainrule prove -->"
WEAKEST = 10
"""How many of the weakest checks and mistakes are listed."""


def render(proof: Proof) -> str:
    """The whole report."""
    parts = [
        f"# What the graders of {proof.course.name} prove",
        (
            f"Grader {proof.course.version}, seed {proof.seed}, {proof.seconds:.0f} s. Beside each "
            "rate, the bound it lies above with 95 % confidence (Wilson)."
        ),
        *proof.notes,
        "## Verdict",
        _shortfalls(proof),
        "## Functions",
        _functions(proof),
        "## The weakest checks",
        "Those that catch the smallest share of their function's wrong answers.",
        _table(("check", "", "catches"), [_check(c) for c in weakest(proof.checks)]),
        "## What would fall short without a check",
        _needed(proof.checks),
        "## Checks that nothing would miss",
        (
            "Without one of these, every known wrong answer would still be caught and named, and "
            "seen by a public check if it is now."
        ),
        _bullets(f"`{c.name}` ({c.visibility})" for c in proof.checks if not c.losses),
        "## The mistakes that slip most easily",
        (
            "How many generated inputs expose the mistake, of all inputs of the checks that do, "
            "and the chance that another seed's inputs all miss it, at most. A mistake that an "
            "input of every seed exposes does not slip."
        ),
        _power(proof),
    ]
    return "\n\n".join(parts) + "\n"


def has_place(page: str) -> bool:
    """Whether a page has the markers between which a table can be put."""
    return END in page.partition(BEGIN)[2]


def put_into(page: str, proof: Proof) -> str:
    """A page with the table of functions between its markers."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{_functions(proof)}\n\n{END}{after}"


def weakest(checks: Iterable[CheckRow]) -> list[CheckRow]:
    """The checks that catch least."""
    known = [c for c in checks if c.caught.of]
    return sorted(known, key=lambda c: c.caught.hits / c.caught.of)[:WEAKEST]


def row_cells(row: Row) -> tuple[str, ...]:
    """The cells of a function's row."""
    right, wrong, unnamed = row.named
    equivalent = f" (+{row.equivalent} equivalent)" if row.equivalent else ""
    return (
        row.function,
        _share(row.right),
        _share(row.public),
        _share(row.caught),
        _share(row.mutants) + equivalent,
        share(right, sum(row.named)),
        str(wrong),
        str(unnamed),
    )


COLUMNS = (
    "function",
    "right answers accepted",
    "wrong answers caught by public checks",
    "by all checks",
    "machine-made mutants caught",
    "mistakes named rightly",
    "wrongly",
    "not at all",
)


def _functions(proof: Proof) -> str:
    return _table(COLUMNS, [row_cells(row) for row in (*proof.rows, proof.total)])


def _share(count: Count) -> str:
    return share(count.hits, count.of)


def _shortfalls(proof: Proof) -> str:
    if not proof.shortfalls:
        return "Nothing falls short."
    return _bullets(f"**{s.kind}**: {s.what}" for s in proof.shortfalls)


def _check(check: CheckRow) -> tuple[str, ...]:
    return f"`{check.name}`", check.visibility, _share(check.caught)


def _needed(checks: Iterable[CheckRow]) -> str:
    rows = [
        (f"`{c.name}`", c.visibility, kind, str(len(what)), _some(what))
        for c in checks
        for kind, what in _by_kind(c.losses).items()
    ]
    return _table(("check", "", "without it", "how many", "for example"), rows)


def _by_kind(losses: Iterable[Shortfall]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for loss in losses:
        found.setdefault(loss.kind, []).append(loss.what)
    return found


def _some(labels: Sequence[str]) -> str:
    more = f", and {len(labels) - 2} more" if len(labels) > 2 else ""
    return ", ".join(f"`{_cell(label)}`" for label in labels[:2]) + more


def _power(proof: Proof) -> str:
    uncertain = sorted((p for p in proof.powers if not p.certain), key=lambda p: -p.slip)
    known = sum(p.certain for p in proof.powers)
    rows = [(f"`{_cell(p.label)}`", _share(p.hits), f"{p.slip:.1e}") for p in uncertain[:WEAKEST]]
    said = f"{known} of {len(proof.powers)} mistakes are exposed by an input of every seed."
    return said + "\n\n" + _table(("mistake", "exposed by", "slips"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "- none"
