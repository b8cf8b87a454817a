"""A proof on the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .markdown import weakest
from .proof import Count, Proof, Row
from .statistics import share

_SHOWN = 40
_SPARE = 12
_HEADS = (
    "function",
    "right\naccepted",
    "public\ncaught",
    "all\ncaught",
    "mutants\ncaught",
    "named",
)


def show(proof: Proof, console: Console) -> None:
    """The table of functions, what falls short, and the weakest checks."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for number, head in enumerate(_HEADS):
        table.add_column(head, justify="right" if number else "left", no_wrap=True)
    for row in proof.rows:
        table.add_row(*_cells(row))
    table.add_section()
    table.add_row(*_cells(proof.total))
    console.print(table)
    _legend(proof, console)
    for note in proof.notes:
        console.print(Text(note))
    _checks(proof, console)
    _shortfalls(proof, console)


def _cells(row: Row) -> tuple[Text, ...]:
    rightly = Count(row.named[0], sum(row.named))
    counts = (row.right, row.public, row.caught, row.mutants, rightly)
    return Text(row.function), *map(_rate, counts)


def _rate(count: Count) -> Text:
    """A count, and below it the bound that its rate is known to lie above."""
    found, _, bound = share(count.hits, count.of).partition(" ")
    return Text.assemble(found, ("\n" + bound if bound else "", "dim"))


def _legend(proof: Proof, console: Console) -> None:
    total = proof.total
    rightly, wrongly, unnamed = total.named
    console.print(
        Text(
            f"Of {rightly + wrongly + unnamed} wrong answers, {wrongly} are named wrongly and "
            f"{unnamed} not at all. {total.equivalent} more mutants are listed as equivalent. "
            "Below each rate: the bound it lies above with 95 % confidence (Wilson)."
        )
    )


def _checks(proof: Proof, console: Console) -> None:
    weak = ", ".join(f"{c.name} ({c.caught.hits}/{c.caught.of})" for c in weakest(proof.checks)[:5])
    console.print(Text(f"The weakest checks: {weak}."))
    spare = [c.name for c in proof.checks if not c.losses]
    some = ", ".join(spare[:_SPARE]) + (", ..." if len(spare) > _SPARE else "")
    text = f"Nothing would miss {len(spare)} of {len(proof.checks)} checks" if spare else ""
    console.print(
        Text(f"{text}: {some}." if spare else "Each check is missed if it is taken away.")
    )


def _shortfalls(proof: Proof, console: Console) -> None:
    for shortfall in proof.shortfalls[:_SHOWN]:
        console.print(Text.assemble((f"{shortfall.kind}: ", "bold red"), shortfall.what))
    left = len(proof.shortfalls) - _SHOWN
    if left > 0:
        console.print(Text(f"and {left} more."))
    if not proof.shortfalls:
        console.print(Text(f"Nothing falls short ({proof.seconds:.0f} s).", "green"))
