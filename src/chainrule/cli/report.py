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
    """Make pages of a run: index.html for the lecturer, one page for each student.

    DIR is what `chainrule grade --output DIR` wrote. A run that goes on, was stopped or was killed
    is shown as far as it came. A grades.json alone will do, too; it holds no pictures.
    """
    output = output or (folder.parent if folder.is_file() else folder) / "report"
    number = write(folder, output)
    click.echo(f"wrote {number} pages; open {output / 'index.html'}")


def write(source: Path, output: Path) -> int:
    """Write the report of a folder of results or a ``grades.json``; returns its number of pages.

    Raises:
        Usage: it cannot be read or written, or the extra is not installed.
    """
    usable(output)
    from ..archive import ArchiveError, open_archive
    from ..crew import cores
    from ..renderers import report

    try:
        archive = None if source.is_file() else open_archive(source)
        if archive is None:
            source = source if source.is_file() else source / "grades.json"
            return _written(output, report.files(report.read(source.read_bytes())))
        keys: dict[tuple[str, str], str] = {}
        run = report.assemble(archive.about, archive.views(), keys)
        seconds = archive.seconds()
        took = {whose: seconds[key] for whose, key in keys.items() if key in seconds}
        beside = report.Beside(lambda whose: archive.pictures(keys[whose]), took)
        return _written(output, report.files(run, beside, cores()))
    except OSError as error:
        raise Usage(
            f"cannot read {source}: {error.strerror}; "
            "name the folder that `chainrule grade --output` wrote"
        ) from error
    except ArchiveError as error:
        raise Usage(str(error)) from error
    except report.ReportError as error:
        raise Usage(f"{source} cannot be read: {error}") from error


def _written(output: Path, files: Iterable[tuple[str, bytes]]) -> int:
    try:
        return _fill(output, files)
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
