"""Whether a student's text does anything but be read: a lecturer opens it, logged in to formgrader.

nbgrader puts a cell's Markdown into its pages as it is, HTML and all; a script in it could set its
own grade. So the text is rendered as nbgrader will render it, and what comes out must be no more
than Markdown makes: its tags, its attributes, and addresses that lead to a page or a picture.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .cells import block

_PLAIN = frozenset(
    [
        *("p", "em", "strong", "i", "b", "u", "s", "del", "sub", "sup", "small", "kbd", "code"),
        *("pre", "blockquote", "ul", "ol", "li", "br", "hr", "a", "img", "span", "div"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    ]
)
_ATTRIBUTES = {
    "href": r"(?i:https?://|mailto:|#)[^\\]*|[\w./-]*",
    "src": r"(?i:https?://)[^\\]*|[\w./-]*|data:image/(?:png|jpeg|gif);base64,[\w+/=]*",
    "style": r"text-align:\s*\w+;?",
    "start": r"\d+",
    "class": r"[\w -]*",
    "id": r".*",
    "alt": r".*",
    "title": r".*",
}
_TAG = re.compile(r"<[a-z][a-z0-9]*(?:\s+[a-z]+=\"[^\"<>]*\")*\s*/?>")


@lru_cache(maxsize=1000)  # most cells of a class are the text that all were given
def harmless(text: str, pictures: tuple[str, ...] = ()) -> str:
    """The Markdown as it is if it only shows something, else as a block in which nothing is markup.

    Args:
        text: of a cell.
        pictures: the names of those attached to it.
    """
    look = _Look()
    try:
        look.feed(_rendered(text, pictures))
    except Exception:  # noqa: BLE001 - what cannot be rendered here breaks nbgrader's page, too
        return block(text)
    return text if look.harmless and "<" not in look.rawdata else block(text)


def _rendered(text: str, pictures: tuple[str, ...]) -> str:
    """As nbconvert does it."""
    attached = {name: {"image/png": ""} for name in pictures}
    renderer = IPythonRenderer(escape=False, attachments=attached)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(MarkdownWithMath(renderer=renderer).render(text))


class _Look(HTMLParser):
    """Reads a page; anything that could be read in more than one way counts as harmful."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.harmless = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        fine = tag in _PLAIN and _TAG.fullmatch(written) is not None
        self.harmless &= fine and all(_fine(name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.harmless &= "<" not in data

    def handle_comment(self, data: str) -> None:
        self.harmless = False

    def handle_decl(self, decl: str) -> None:
        self.harmless = False

    def handle_pi(self, data: str) -> None:
        self.harmless = False

    def unknown_decl(self, data: str) -> None:
        self.harmless = False


def _fine(name: str, value: str) -> bool:
    pattern = _ATTRIBUTES.get(name)
    return pattern is not None and re.fullmatch(pattern, unescape(value), re.DOTALL) is not None
