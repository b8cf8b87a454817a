"""One submission's result as bytes and back, exactly: fractions stay fractions."""

from __future__ import annotations

import zlib
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from .results import Picture, SubmissionResult


class Thawed(Exception):
    """The bytes are no result."""


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    return Fraction(int(top), int(bottom or 1))


def _enter(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no part of a result")


def _leave(kind: type, value: Any) -> Any:
    if kind is Fraction and isinstance(value, str):
        return _fraction(value)
    raise TypeError(f"{kind.__name__} is no part of a result")


_encoder = msgspec.json.Encoder(enc_hook=_enter)
_pictures = msgspec.json.Decoder(tuple[Picture, ...])
_decoder = msgspec.json.Decoder(SubmissionResult, dec_hook=_leave)


def freeze(result: SubmissionResult) -> bytes:
    """A result as compressed JSON; the same result gives the same bytes."""
    return zlib.compress(_encoder.encode(result), 1)


def thaw(data: bytes) -> SubmissionResult:
    """The result that was frozen.

    Raises:
        Thawed: if the bytes are not those of a result.
    """
    try:
        result: SubmissionResult = _decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError, ValueError, ZeroDivisionError) as error:
        raise Thawed(str(error)) from None
    return result


def freeze_pictures(pictures: tuple[Picture, ...]) -> bytes:
    """Pictures as compressed JSON."""
    return zlib.compress(_encoder.encode(pictures), 6)


def thaw_pictures(data: bytes) -> tuple[Picture, ...]:
    """The pictures that were frozen.

    Raises:
        Thawed: if the bytes are not those of pictures.
    """
    try:
        return _pictures.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError, ValueError) as error:
        raise Thawed(str(error)) from None
