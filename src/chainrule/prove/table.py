"""A proof on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .markdown import row_cells, weakest
from .proof import Proof

_SHOWN = 40
_HEADS = (
    "function",
    "right accepted",
    "caught publicly",
    "caught",
    "mutants caught",
    "named rightly",
    "wrongly",
    "not",
)


def show(proof: Proof, console: Console) -> None:
    """The table of functions, what falls short, and the weakest checks."""
    table = Table(padding=(0, 1), collapse_padding=True)
    for number, head in enumerate(_HEADS):
        table.add_column(
            head, justify="left" if number == 0 else "right", overflow="fold", no_wrap=number == 0
        )
    for row in proof.rows:
        table.add_row(*row_cells(row))
    table.add_section()
    table.add_row(*row_cells(proof.total))
    console.print(table)
    for note in proof.notes:
        console.print(Text(note))
    _checks(proof, console)
    _shortfalls(proof, console)


def _checks(proof: Proof, console: Console) -> None:
    weak = ", ".join(f"{c.name} ({c.caught.hits}/{c.caught.of})" for c in weakest(proof.checks)[:5])
    console.print(Text(f"The weakest checks: {weak}."))
    never = sum(not c.alone for c in proof.checks)
    console.print(
        Text(
            f"{never} of {len(proof.checks)} checks are never the only one to catch a wrong answer."
        )
    )


def _shortfalls(proof: Proof, console: Console) -> None:
    for shortfall in proof.shortfalls[:_SHOWN]:
        console.print(Text.assemble((f"{shortfall.kind}: ", "bold red"), shortfall.what))
    left = len(proof.shortfalls) - _SHOWN
    if left > 0:
        console.print(Text(f"and {left} more."))
    if not proof.shortfalls:
        console.print(Text(f"Nothing falls short ({proof.seconds:.0f} s).", "green"))
