"""Whether a module is text as Python reads it (PEP 263); its syntax is judged when it runs."""

from __future__ import annotations

import codecs
import io
import tokenize

from .model import Refused
from .names import inert

# Their decoders take quadratic time, and nobody writes programs in them.
_SLOW = frozenset({"punycode", "idna"})


def must_be_text(data: bytes) -> None:
    """Refuse a module that Python could not even decode."""
    line = 1 + data.count(b"\n", 0, max(data.find(b"\0"), 0))
    if b"\0" in data:
        raise Refused(f"holds a NUL byte in line {line}. Save it as plain text (UTF-8).")
    encoding = _encoding(data)
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise Refused(f"is not {inert(encoding)} text (line {line}). Save it as UTF-8.") from None
    # A cookie may name anything that Python registers, "hex" and "rot13" too.
    except (LookupError, UnicodeError, ValueError):
        raise Refused(f"claims the encoding {inert(encoding)}. Save it as UTF-8.") from None


def _encoding(data: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        why = inert(str(error.msg))[:100]
        raise Refused(f"is not text that Python reads ({why}). Save it as UTF-8.") from None
    # By the codec's own name: a cookie may spell it in any way that Python looks up.
    if codecs.lookup(encoding).name in _SLOW:
        raise Refused(f"claims the encoding {inert(encoding)}. Save it as UTF-8.")
    return encoding
