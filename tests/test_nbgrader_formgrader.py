"""A lecturer at formgrader, in a real browser: sees score and comment, and overrides one by hand.

Where no browser is installed, this is skipped; CHAINRULE_SCREENSHOTS=DIR keeps what it looked like.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import LONG, Graded, commands, environment, graded, rows

__all__ = ["graded"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = [LONG, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]


@contextmanager
def lab(nb: Path) -> Iterator[str]:
    """The manual's last command, without a browser of its own; its address."""
    (command,) = [c for c in commands() if c.startswith("jupyter ")]
    flags = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--IdentityProvider.token=t"]
    log = nb / "lab.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command.split(), *flags],
            cwd=nb,
            env={**environment(), "HOME": str(nb)},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield address(server, log)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def address(server: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = re.search(r"http://localhost:(\d+)/lab", log.read_text())
        if found:
            return f"http://localhost:{found[1]}"
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@contextmanager
def page() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser.new_page(viewport={"width": 1200, "height": 900})
        finally:
            browser.close()


def keep(page: Any, name: str) -> None:
    folder = os.environ.get("CHAINRULE_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder, f"formgrader-{name}.png")))


def opened(page: Any, base: str, student: str) -> None:
    """A student's submission, from the list of all."""
    page.goto(f"{base}/formgrader/gradebook/losses/losses")
    row = page.locator("tbody tr", has_text=student)
    row.wait_for(state="attached")
    keep(page, "list")
    page.goto(base + row.locator("a").first.get_attribute("href"))
    page.wait_for_function("document.querySelector('input#check-softmax').placeholder != ''")


def test_a_lecturer_sees_score_and_comment_and_overrides_one(
    graded: Graded, tmp_path: Path
) -> None:
    nb = tmp_path / "nbgrader"
    shutil.copytree(graded.nb, nb)
    with lab(nb) as base, page() as tab:
        tab.goto(f"{base}/login?token=t&next=/formgrader/gradebook/losses/losses")
        opened(tab, base, "bob")
        score, comment = tab.locator("input#check-softmax"), tab.locator("#softmax-comment")
        assert float(score.get_attribute("placeholder")) == rows(nb)["bob"]["softmax"][0]
        assert "You normalise over the columns" in comment.get_attribute("placeholder")
        assert "softmax: 3 of " in tab.locator("pre", has_text="wrong:").first.inner_text()
        comment.scroll_into_view_if_needed()
        keep(tab, "submission")

        with tab.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
            score.fill("4")
            score.blur()
        opened(tab, base, "bob")
        tab.wait_for_function("document.querySelector('input#check-softmax').value == '4'")
        keep(tab, "overridden")

        opened(tab, base, "liam")  # whose cells would have changed the title
        tab.wait_for_load_state()
        assert "taken" not in tab.title()
    auto, manual, waits, _ = rows(nb)["bob"]["softmax"]
    assert (auto, manual, waits) == (rows(graded.nb)["bob"]["softmax"][0], 4.0, False)
