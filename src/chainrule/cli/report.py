"""``chainrule report``: a run's results as pages, for the lecturer and each student."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from .common import Usage

GENERATOR = b'<meta name="generator" content="chainrule">'
INSTALL = "the report needs jinja2 and matplotlib: pip install 'chainrule[report]'"


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), help="folder for the pages  [default: DIR/report]"
)
def command(folder: Path, output: Path | None) -> None:
    """Make pages of DIR/grades.json: index.html for the lecturer, one page for each student."""
    source = folder if folder.is_file() else folder / "grades.json"
    output = output or source.parent / "report"
    number = write(source, output)
    click.echo(f"wrote {number} pages; open {output / 'index.html'}")


def write(source: Path, output: Path) -> int:
    """Write the report of a ``grades.json``; returns how many pages it has.

    Raises:
        Usage: it cannot be read or written, or the extra is not installed.
    """
    usable(output)
    from ..renderers import report

    try:
        run = report.read(source.read_bytes())
    except OSError as error:
        raise Usage(
            f"cannot read {source}: {error.strerror}; "
            "name the folder that `chainrule grade --output` wrote"
        ) from error
    except report.ReportError as error:
        raise Usage(f"{source} cannot be read: {error}") from error
    try:
        return _fill(output, report.files(run))
    except OSError as error:
        raise Usage(
            f"cannot write into {output}: {error.strerror}; name another folder with --output"
        ) from error


def usable(output: Path) -> None:
    """Refuse what cannot end well: the extra is missing, or the folder holds something else."""
    try:
        import jinja2  # noqa: F401 - only whether it is there
        import matplotlib  # noqa: F401, ICN001 - as above
    except ImportError as error:
        raise Usage(INSTALL) from error
    index = output / "index.html"
    if not output.exists():
        return
    if not output.is_dir():
        raise Usage(f"{output} is no folder; name another one")
    if any(output.iterdir()) and not (index.is_file() and GENERATOR in index.read_bytes()):
        raise Usage(f"{output} holds something that is no report; name another folder")


def _fill(output: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files in place of an earlier report's; the lecturer's page comes first."""
    for page in (output / "students").glob("*.html"):
        page.unlink()
    number = 0
    for name, data in files:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(data)
        number += name.endswith(".html")
    return number
