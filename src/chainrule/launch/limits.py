"""What a submission may use. The one place with defaults; every field can be set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission.

    Args:
        import_seconds: wall time to import the module.
        call_seconds: wall time of one call.
        submission_seconds: wall time of all calls of a submission together.
        cpu_seconds: processor time of one worker.
        memory_mb: address space above the interpreter's own, in MB.
        deaths: how often a function may take its worker along before it is not called again.
    """

    import_seconds: float = 15.0
    call_seconds: float = 20.0
    submission_seconds: float = 180.0
    cpu_seconds: int = 240
    memory_mb: int = 1024
    deaths: int = 3
