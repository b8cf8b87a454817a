"""What a submission may use. The one place with defaults; every field can be set."""

from __future__ import annotations

from dataclasses import asdict, dataclass


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
        output_characters: how much of what a call prints is kept; the rest is counted.
        file_mb: the size of a file, in MB; without isolation, files can be as large as they like.
        descriptors: open files.
        threads: of all workers of one user together.
    """

    import_seconds: float = 15.0
    call_seconds: float = 20.0
    submission_seconds: float = 180.0
    cpu_seconds: int = 240
    memory_mb: int = 1024
    deaths: int = 3
    output_characters: int = 10_000
    file_mb: int = 0
    descriptors: int = 64
    threads: int = 1024

    def inner(self, *names: str) -> dict[str, int]:
        """The limits that a worker takes upon itself; all of them, or those named."""
        own = ("cpu_seconds", "memory_mb", "file_mb", "descriptors", "threads")
        values = asdict(self)
        return {name: values[name] for name in names or own}
