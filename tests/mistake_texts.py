"""What a student reads of sixty known mistakes, two a function: how it is made, and made again.

`python tests/mistake_texts.py --write` writes `tests/mistake_texts/`, a file an assignment. Read
the difference as the student who made the mistake would before committing it.
"""

from __future__ import annotations

import importlib.metadata
import sys
from functools import partial
from pathlib import Path

from chainrule.course import Assignment, load_course
from chainrule.grading.declare import Mistake
from chainrule.judge.answers import Local
from chainrule.judge.cache import recording_of
from chainrule.judge.grade import Grader
from chainrule.renderers.lines import as_text
from chainrule.renderers.terminal import show_function

ROOT = Path(__file__).parent.parent
TEXTS = Path(__file__).with_name("mistake_texts")
VERSION = f"hypothesis {importlib.metadata.version('hypothesis')}"
"""Its next version may draw other inputs, of which other messages speak."""

CHOSEN = {
    "losses": {
        "one_hot": ("labels-from-one", "negative-labels-accepted"),
        "softmax": ("no-max-shift", "wrong-axis"),
        "mean_squared_error": ("sum-for-mean", "only-lengths-checked"),
        "cross_entropy": ("base-ignored", "zero-times-log-zero"),
        "binary_cross_entropy": ("second-term-missing", "certain-mistakes-free"),
    },
    "neuron": {
        "sigmoid": ("precedence", "overflow"),
        "sigmoid_derivative": ("takes-y", "sigmoid-returned"),
        "predict": ("bias-dropped", "column-returned"),
        "forward_pass": ("sum-for-mean", "unknown-loss-accepted"),
    },
    "delta_rule": {
        "numerical_gradient": ("forward-difference", "moves-w-in-place"),
        "error_gradient": ("two-dropped", "sign"),
        "delta_rule": ("sigmoid-slope-missing", "slope-of-y"),
        "batch_gradient": ("sum-for-mean", "last-sample-only"),
        "gradient_step": ("adds-gradient", "w-changed"),
        "train_neuron": ("loss-after-update", "tolerance-ignored"),
        "train_neuron_online": ("batch-for-online", "wrong-name"),
    },
    "backprop": {
        "forward": ("linear-output", "input-missing"),
        "network_error": ("mean-over-outputs-too", "extra-half"),
        "backward": ("missing-hidden-slope", "bias-unsummed"),
        "update": ("adds-gradient", "old-layers-changed"),
        "softmax_cross_entropy_gradient": ("sum-not-mean", "sign-flipped"),
    },
    "xor": {
        "initialize": ("equal-columns", "seed-ignored"),
        "train": ("output-weights-updated-first", "update-outside-sample-loop"),
        "classify": ("threshold-inclusive", "booleans-returned"),
        "solve_xor": ("no-restart", "or-labels"),
        "hidden_features": ("returns-output", "first-hidden-layer"),
        "count_layers": ("input-counted", "hidden-only"),
        "count_parameters": ("biases-missing", "one-bias-a-layer"),
        "merge_linear": ("bias-dropped", "order-reversed"),
        "staircase": ("not-steep-enough", "heights-for-differences"),
    },
}


def texts(assignment: str) -> str:
    """What is read of all chosen mistakes of an assignment, as `chainrule grade` prints it."""
    course = load_course(ROOT, only=[assignment])
    chosen = course[assignment]
    recording = recording_of(course, chosen, 0, hidden=True)
    parts = [VERSION]
    for function, slugs in CHOSEN[assignment].items():
        grader = Grader(chosen, recording, only=function)
        by_slug = {m.slug: m for m in chosen.mistakes if m.function == function}
        parts += [f"--- {slug}\n{_read(chosen, grader, by_slug[slug])}" for slug in slugs]
    return "\n".join(parts)


def _read(assignment: Assignment, grader: Grader, mistake: Mistake) -> str:
    code = mistake.behaviours[0]
    (result,) = grader.grade(Local({**assignment.reference, mistake.function: code}))
    return as_text(partial(show_function, result), 80)


def main() -> None:
    """Write the files, or print what they would hold."""
    for name in CHOSEN:
        if "--write" in sys.argv:
            TEXTS.mkdir(exist_ok=True)
            (TEXTS / f"{name}.txt").write_text(texts(name), "utf-8")
        else:
            print(texts(name))


if __name__ == "__main__":
    main()
