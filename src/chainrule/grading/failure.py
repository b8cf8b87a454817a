"""What a check can meet: a property that does not hold, or a submission's own error."""

from __future__ import annotations

from typing import Any


class Failure(Exception):
    """A property does not hold.

    Args:
        says: what should hold, in a student's words.
        expected: what a right answer gives here; ``None`` where no single value is right.
        got: what the submission gave.
        block: which part of a structured result differs first ("dW of layer 1").
        right_blocks: the parts that are right.
        blocks: what all parts are called, in order.
        where: the index of the first differing entry within the block.
        brief: the same as ``says`` with nothing in it that a student chooses, who could tell a
            hidden input by it.
    """

    compared = True
    """Whether each entry of ``got`` should be that of ``expected``."""

    def __init__(  # noqa: PLR0913 - all but one by keyword
        self,
        says: str,
        *,
        expected: Any = None,
        got: Any = None,
        block: str | None = None,
        right_blocks: tuple[str, ...] = (),
        blocks: tuple[str, ...] = (),
        where: tuple[int, ...] | None = None,
        brief: str | None = None,
    ) -> None:
        super().__init__(says)
        self.says = says
        self.expected = expected
        self.got = got
        self.block = block
        self.right_blocks = right_blocks
        self.blocks = blocks
        self.where = where
        self.brief = brief or says


class Unmet(Failure):
    """A demand is not met; what is expected is an example, not what each entry has to be."""

    compared = False


class FormError(Failure):
    """A result has the wrong type or shape; its values are not looked at.

    What should be stands before the first semicolon, and after it what came instead.
    """

    def __init__(self, says: str, *, got: Any = None) -> None:
        super().__init__(says, got=got, brief=says.partition(";")[0])


class StudentError(Exception):
    """The submission raised inside a call.

    Args:
        kind: the name of the exception's class.
        text: its message.
        traceback: the student's own frames as text, outermost first.
    """

    def __init__(self, kind: str, text: str, traceback: str = "") -> None:
        super().__init__(f"{kind}: {text}" if text else kind)
        self.kind = kind
        self.text = text
        self.traceback = traceback


class StudentValueError(StudentError, ValueError):
    """The submission raised a ValueError, so ``except ValueError`` in a check catches it."""


class NotWritten(StudentError):
    """The name is missing from the submission, or calling it raises NotImplementedError."""
