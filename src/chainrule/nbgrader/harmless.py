"""Whether a student's text does anything but be read: a lecturer opens it, logged in to formgrader.

nbgrader puts a cell's Markdown into its pages as it is, HTML and all; a script in it could set its
own grade. So the text is rendered as nbgrader will render it, and what comes out must be no more
than Markdown makes: its tags, its attributes, and addresses that lead to a page or a picture.

formgrader finds its fields by the names of cells and its buttons by their class, wherever on the
page they are: text that had these could make a click anywhere give full credit.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.token import STANDARD_TYPES

from .cells import Handed, block

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
    "class": r"language-\S*",
    "id": r"\S*",
    "alt": r".*",
    "title": r".*",
}
# What Markdown, and the colours of code in it, give a class; a language's has its own beginning.
_CLASSES = frozenset({"anchor-link", "highlight", *STANDARD_TYPES.values()})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STATUS = "statusmessage"  # where formgrader says what it has saved
_TAG = re.compile(r"<[a-z][a-z0-9]*(?:\s+[a-z]+=\"[^\"<>]*\")*\s*/?>")


# What a cell, and all of a notebook, may say before it counts as no answer: reading Markdown takes
# time quadratic in some that is in it, here and in nbgrader's pages, and reading a block does not.
_LONGEST = 5_000
_MOST = 100_000
# Pictures in the text are long and no matter.
_PICTURE = re.compile(r"data:image/\w+;base64,[A-Za-z0-9+/=]*")


def bounded(cells: Sequence[Handed]) -> list[Handed]:
    """The cells, with Markdown that nobody would read to its end as blocks."""
    left, found = _MOST, []
    for cell in cells:
        said = _said(cell.source) if cell.cell_type == "markdown" else 0
        if said <= min(_LONGEST, left):
            left -= said
            found.append(cell)
        else:
            found.append(replace(cell, source=block(cell.source)))
    return found


def _said(text: str) -> int:
    """How much of a text is read as Markdown: nothing of what is a block already."""
    own = "\n".join(line[4:] for line in text.split("\n"))
    return 0 if block(own) == text else len(_PICTURE.sub("", text))


@lru_cache(maxsize=1000)  # most cells of a class are the text that all were given
def harmless(text: str, pictures: tuple[str, ...] = (), names: frozenset[str] = frozenset()) -> str:
    """The Markdown as it is if it only shows something, else as a block in which nothing is markup.

    Args:
        text: of a cell.
        pictures: the names of those attached to it.
        names: of the notebook's cells, which no heading may share.
    """
    look = _Look({_STATUS, *names, *(f"{name}-comment" for name in names)})
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

    def __init__(self, taken: Set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.harmless = True
        self._taken = taken

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        fine = tag in _PLAIN and _TAG.fullmatch(written) is not None
        self.harmless &= fine and all(self._fine(tag, name, value or "") for name, value in attrs)

    def _fine(self, tag: str, name: str, value: str) -> bool:
        value = unescape(value)
        if name == "id":  # Markdown's headings have one, made of what they say
            return tag in _HEADINGS and value not in self._taken and _allowed(name, value)
        if name == "class" and not value.startswith("language-"):
            return value in _CLASSES
        return _allowed(name, value)

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


def _allowed(name: str, value: str) -> bool:
    pattern = _ATTRIBUTES.get(name)
    return pattern is not None and re.fullmatch(pattern, value, re.DOTALL) is not None
