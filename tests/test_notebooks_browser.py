"""A student's notebook in JupyterLab, in a real browser: run a check, see the card.

With ``NOTEBOOK_SHOTS=DIR`` set, what the browser showed is written there, for somebody to look at.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from chainrule.course import load_course
from chainrule.notebooks import build, dumps
from chainrule.release import release_files

ROOT = Path(__file__).parents[1]
SHOTS = os.environ.get("NOTEBOOK_SHOTS")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next((found for name in BROWSERS if (found := shutil.which(name))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
WRONG = {
    "softmax": "    z = np.exp(logits)\n    return z / z.sum(axis=0)",
    "backward": (
        "    gradients, error = [], 2 * (activations[-1] - t) / len(t)\n"
        "    for (W, b), x, y in reversed(list(zip(layers, activations, activations[1:]))):\n"
        "        error = error * y * (1 - y)\n"
        "        gradients.insert(0, (np.abs(x.T @ error), error.sum(axis=0)))\n"
        "        error = error @ W.T\n"
        "    return gradients"
    ),
}
RIGHT = "def softmax(logits):\n    z = np.exp(logits - np.max(logits, -1, keepdims=True))\n"
RIGHT += "return z / z.sum(-1, keepdims=True)"  # the editor indents by itself

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no browser is installed (Debian: chromium)"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="playwright is not installed"),
    pytest.mark.skipif(find_spec("jupyterlab") is None, reason="jupyterlab is not installed"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """What a student was given, with a softmax and a backward written wrong."""
    folder = tmp_path_factory.mktemp("work")
    for name, data in release_files(ROOT).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    course = load_course(ROOT, hidden=False)
    for assignment, function in (("losses", "softmax"), ("backprop", "backward")):
        notebook = build(course, assignment)
        [cell] = [c for c in notebook["cells"] if c["id"] == function]
        todo = f'    raise NotImplementedError("{function} is not written yet")'
        assert todo in cell["source"]
        cell["source"] = cell["source"].replace(todo, WRONG[function])
        (folder / f"{assignment}.ipynb").write_text(dumps(notebook), "utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path, tmp_path_factory) -> Iterator[str]:
    """The address of a JupyterLab of our own, which knows no settings but its own."""
    home = tmp_path_factory.mktemp("home")
    env = {**os.environ, "HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    env |= {"JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data")}
    # All cells are in the page, also those that are out of sight; and nobody asks about news.
    for name, text in (
        ("notebook-extension/tracker", '{"windowingMode": "none"}'),
        ("apputils-extension/notification", '{"fetchNews": "false"}'),
    ):
        path = home / f"config/lab/user-settings/@jupyterlab/{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
    command += ["--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"]
    command += ["--LabApp.expose_app_in_browser=True"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    try:
        yield _address(home, server)
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _address(home: Path, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        for path in (home / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(ValueError):  # it is being written
                return str(json.loads(path.read_text())["url"])
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'log').read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may not be installed

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield running
        running.close()


def shoot(page: Any, name: str, element: Any = None) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        (element or page).screenshot(path=Path(SHOTS) / f"{name}.png")


def themed(page: Any, theme: str) -> None:
    script = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(script, theme)
    light = "true" if "Light" in theme else "false"
    page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")


def run_all(page: Any, name: str) -> None:
    """As a student would: open the notebook, and run all of its cells from the menu."""
    script = "path => { window.jupyterapp.commands.execute('docmanager:open', {path}) }"
    page.evaluate(script, f"{name}.ipynb")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownOutput h1")
    page.wait_for_function(READY, arg=f"{name}.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def cell(page: Any, text: str) -> Any:
    """The code cell whose first line begins so."""
    found = page.locator(".jp-CodeCell").filter(
        has=page.locator(".cm-line:first-child", has_text=text)
    )
    return found.first


def card(page: Any, function: str, kind: str) -> Any:
    found = cell(page, f"%check {function}").locator(f".cr-card.{kind}")
    found.wait_for()
    return found


@pytest.mark.timeout(300)  # a busy machine takes its time over a server, a browser and kernels
def test_a_student_s_notebooks_in_a_browser(browser: Any, lab: str):
    # One test and one page, for starting all this takes longer than what is done with it.
    page = browser.new_page(viewport={"width": 1150, "height": 1000})
    page.set_default_timeout(90_000)
    page.goto(f"{lab}lab")
    page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
    page.wait_for_selector("#jp-main-dock-panel")
    run_all(page, "losses")
    a_student_checks_mends_and_checks_again(page)
    the_narrative_has_its_formulas_and_figures(page)
    run_all(page, "backprop")
    a_gradient_shows_which_entries_are_wrong(page)


def a_student_checks_mends_and_checks_again(page: Any) -> None:
    failed = card(page, "softmax", "wrong")
    text = failed.inner_text()
    assert "2 of 7 public checks pass" in text
    assert "softmax([[0.0, 0.693147181, 1.60943791]" in text
    assert failed.locator("td.bad").count() == 6
    assert card(page, "one_hot", "waiting").inner_text().startswith("not written yet one_hot")
    looks(page, failed, "failed")
    cell(page, "def softmax").scroll_into_view_if_needed()
    shoot(page, "notebook")
    definition = cell(page, "def softmax")
    definition.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(RIGHT.replace("\nreturn", "\n    return"))
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    passed = card(page, "softmax", "passed")
    assert "7 of 7 public checks pass" in passed.inner_text()
    looks(page, passed, "passed")


def the_narrative_has_its_formulas_and_figures(page: Any) -> None:
    told = page.locator(".jp-MarkdownOutput", has=page.locator("h2", has_text="softmax"))
    told.scroll_into_view_if_needed()
    told.locator("mjx-container, .MathJax").first.wait_for()
    assert "$" not in told.inner_text()
    widths = told.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert len(widths) == 1
    assert widths[0] > 300
    looks(page, told, "narrative")


def a_gradient_shows_which_entries_are_wrong(page: Any) -> None:
    failed = card(page, "backward", "wrong")
    assert "dW of layer 1: got, 2 of 3 entries wrong" in failed.inner_text()
    assert failed.locator("td.bad").count() == 2
    looks(page, failed, "gradient")


def looks(page: Any, element: Any, name: str) -> None:
    """In both themes it can be read: text and ground differ enough (WCAG asks for 4.5)."""
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        themed(page, theme)
        element.scroll_into_view_if_needed()
        shoot(page, f"{name}-{theme.split()[-1].lower()}", element)
        for colour, ground in element.evaluate(COLOURS):
            assert contrast(colour, ground) >= 4.5, (name, theme, colour, ground)


# Cells that are run before the kernel is there are not run.
READY = """
path => {
  const panel = window.jupyterapp.shell.currentWidget;
  return panel?.context?.path === path && panel.sessionContext.session?.kernel?.status === 'idle';
}
"""
COLOURS = """
card => [...card.querySelectorAll(['p', 'td', 'pre', '.tag'].map(s => '.cr-card ' + s))].map(
  one => {
  const found = [];
  for (let at = one; at; at = at.parentElement) found.push(getComputedStyle(at).backgroundColor);
  const solid = found.find(colour => !/, 0\\)$|transparent/.test(colour));
  return [getComputedStyle(one).color, solid];
})
"""


def contrast(colour: str, ground: str) -> float:
    bright, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    values = [int(v) / 255 for v in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
