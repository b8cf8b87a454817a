"""Known wrong answers to ``losses``; all but ``one_hot`` have files of their own."""

import numpy as np

from chainrule.grading import mistake

# One module an assignment: the loader reads what this one holds.
from ._binary_cross_entropy import *  # noqa: F403
from ._binary_cross_entropy_edges import *  # noqa: F403
from ._cross_entropy import *  # noqa: F403
from ._cross_entropy_edges import *  # noqa: F403
from ._loss_edges import *  # noqa: F403
from ._softmax import *  # noqa: F403
from ._squared_error import *  # noqa: F403

# --- one_hot ---

CHECKED = {"check": (True, False)}
"""With the range check that is asked for, and with whatever numpy says by itself."""


def _in_range(labels, num_classes, check=True):
    labels = np.asarray(labels)
    if check and (labels.min() < 0 or labels.max() >= num_classes):
        raise ValueError("labels outside [0, num_classes)")
    return labels


def _encode(labels, num_classes, how="index"):
    """One-hot without a range check: by index (negative ones wrap), or by comparison."""
    if how == "index":
        return np.eye(num_classes)[labels]
    return (np.asarray(labels)[:, None] == np.arange(num_classes)).astype(float)


HOW = {"how": ("index", "compare")}


@mistake("one_hot", "range-not-checked", family="edge-case", variants=HOW)
def one_hot_unchecked(labels, num_classes, how):
    """Labels outside the range raise no ValueError: they get an empty row or, as numpy counts
    negative ones from the end, a wrong one. Raise it before you encode; if you have a check, see
    whether it ever fires."""
    return _encode(labels, num_classes, how)


@mistake(
    "one_hot",
    "negative-labels-accepted",
    family="edge-case",
    variants={"how": ("index", "compare", "absolute", "caught")},
)
def one_hot_negative(labels, num_classes, how):
    """You refuse labels that are too large, but a label of −1 still gets a row. Compare with 0 as
    well."""
    if how == "caught":
        try:
            return _encode(labels, num_classes)
        except IndexError as error:
            raise ValueError from error
    if (np.abs(labels) if how == "absolute" else labels).max() >= num_classes:
        raise ValueError
    return _encode(labels, num_classes, "compare" if how == "compare" else "index")


@mistake("one_hot", "large-labels-accepted", family="edge-case", variants=HOW)
def one_hot_large(labels, num_classes, how):
    """You refuse negative labels, but not those of num_classes or more. Both ends need a
    ValueError."""
    if labels.min() < 0:
        raise ValueError
    return _encode(labels, num_classes, how)


@mistake("one_hot", "range-off-by-one", family="edge-case", variants=HOW)
def one_hot_range_off_by_one(labels, num_classes, how):
    """You let the label num_classes pass. Classes are counted from 0, so the last one is
    num_classes − 1."""
    if labels.min() < 0 or labels.max() > num_classes:
        raise ValueError
    return _encode(labels, num_classes, how)


@mistake("one_hot", "label-zero-refused", family="edge-case")
def one_hot_zero_refused(labels, num_classes):
    """You refuse the label 0, which is the first class. Only labels below 0 are out of range."""
    if labels.min() <= 0 or labels.max() >= num_classes:
        raise ValueError
    return _encode(labels, num_classes)


@mistake("one_hot", "last-class-refused", family="edge-case")
def one_hot_last_refused(labels, num_classes):
    """You refuse the label num_classes − 1, which is the last class. Only labels from num_classes
    on are out of range."""
    if labels.min() < 0 or labels.max() >= num_classes - 1:
        raise ValueError
    return _encode(labels, num_classes)


@mistake("one_hot", "refuses-only-if-all-are-bad", family="edge-case", variants=HOW)
def one_hot_all_bad(labels, num_classes, how):
    """You raise only when every label is outside the range. A single bad label among good ones is
    enough."""
    if np.all((labels < 0) | (labels >= num_classes)):
        raise ValueError
    return _encode(labels, num_classes, how)


@mistake("one_hot", "only-one-label-checked", family="edge-case", variants={"which": (0, -1)} | HOW)
def one_hot_one_checked(labels, num_classes, which, how):
    """You look at one label only before encoding them all. Check every label of the batch."""
    _in_range(labels[[which]], num_classes)
    return _encode(labels, num_classes, how)


@mistake("one_hot", "wrong-error", family="edge-case")
def one_hot_wrong_error(labels, num_classes):
    """Bad labels stop your function, but with another error than was promised. Callers wait for a
    ValueError: raise that one."""
    if labels.min() < 0 or labels.max() >= num_classes:
        raise IndexError
    return _encode(labels, num_classes)


@mistake(
    "one_hot",
    "bad-labels-answered",
    family="edge-case",
    variants={"answer": ("none", "zeros", -1, "modulo", "nearest")},
)
def one_hot_answers_bad(labels, num_classes, answer):
    """For bad labels you return something instead of raising, and the caller computes on with it.
    An error that is raised cannot be overlooked."""
    if answer == "modulo":
        labels = labels % num_classes
    if answer == "nearest":
        labels = np.clip(labels, 0, num_classes - 1)
    if labels.min() < 0 or labels.max() >= num_classes:
        return np.zeros((len(labels), num_classes)) if answer == "zeros" else {-1: -1}.get(answer)
    return _encode(labels, num_classes)


@mistake("one_hot", "distinct-labels-counted", family="edge-case", variants=HOW)
def one_hot_distinct(labels, num_classes, how):
    """You compare the number of different labels with num_classes. A single label may lie outside
    all the same: hold every label itself against 0 and num_classes."""
    if len(np.unique(labels)) > num_classes:
        raise ValueError
    return _encode(labels, num_classes, how)


@mistake("one_hot", "labels-from-one", family="indexing", variants=CHECKED | HOW)
def one_hot_from_one(labels, num_classes, check, how):
    """You take the first class to be number 1. Labels are counted from 0: label 0 belongs into the
    first column."""
    return _encode(_in_range(labels, num_classes, check) - 1, num_classes, how)


@mistake("one_hot", "labels-plus-one", family="indexing", variants=CHECKED | HOW)
def one_hot_plus_one(labels, num_classes, check, how):
    """Your 1 stands one column too far to the right. Python counts columns from 0, as the labels
    do."""
    return _encode(_in_range(labels, num_classes, check) + 1, num_classes, how)


@mistake(
    "one_hot",
    "num-classes-ignored",
    family="shape",
    variants={"how": ("largest", "distinct", "columns")} | CHECKED,
)
def one_hot_classes_from_batch(labels, num_classes, how, check):
    """You count the classes in the batch instead of using num_classes. A class may be absent from
    a batch and still needs its column."""
    labels = _in_range(labels, num_classes, check)
    if how == "columns":
        return (labels[:, None] == np.unique(labels)).astype(float)
    return np.eye(labels.max() + 1 if how == "largest" else len(set(labels.tolist())))[labels]


@mistake("one_hot", "labels-renumbered", family="indexing", variants={"order": ("sorted", "seen")})
def one_hot_renumbered(labels, num_classes, order):
    """You number the classes anew by what occurs in this batch, so the same label means another
    column elsewhere. The label itself is the column."""
    seen = _in_range(labels, num_classes).tolist()
    classes = sorted(set(seen)) if order == "sorted" else list(dict.fromkeys(seen))
    return np.eye(num_classes)[[classes.index(label) for label in seen]]


@mistake("one_hot", "transposed", family="axis", variants=CHECKED | HOW)
def one_hot_transposed(labels, num_classes, check, how):
    """You give one column for each sample. Samples are rows in this course: N rows, K columns."""
    return _encode(_in_range(labels, num_classes, check), num_classes, how).T


@mistake("one_hot", "every-row-marked", family="indexing", variants=CHECKED)
def one_hot_every_row(labels, num_classes, check):
    """Every row holds the ones of all samples: your rows are one and the same list, or you index
    all rows at once. Each sample marks its own row only."""
    out = np.zeros((len(labels), num_classes))
    out[:, _in_range(labels, num_classes, check)] = 1
    return out


@mistake("one_hot", "row-not-reset", family="indexing", variants=CHECKED)
def one_hot_row_not_reset(labels, num_classes, check):
    """The ones of earlier samples are still there in later rows. Begin each sample with a fresh row
    of zeros."""
    rows = _encode(_in_range(labels, num_classes, check), num_classes)
    return np.minimum(np.cumsum(rows, axis=0), 1)


@mistake("one_hot", "indices-swapped", family="indexing", variants=CHECKED)
def one_hot_indices_swapped(labels, num_classes, check):
    """You index with the label first and the sample second. The first index of an (N, K) array is
    the sample."""
    out = np.zeros((len(labels), num_classes))
    out[_in_range(labels, num_classes, check), np.arange(len(labels))] = 1
    return out


@mistake("one_hot", "whole-rows-marked", family="indexing", variants=CHECKED)
def one_hot_whole_rows(labels, num_classes, check):
    """You index the rows by the labels, and every hit fills a whole row. The first index is the
    sample, the second its label: give both."""
    out = np.zeros((len(labels), num_classes))
    out[_in_range(labels, num_classes, check)] = 1
    return out


@mistake("one_hot", "one-row-for-all", family="shape", variants={"count": (True, False)} | CHECKED)
def one_hot_one_row(labels, num_classes, count, check):
    """You put the whole batch into a single row. Each sample needs a row of its own: the result is
    (N, K)."""
    rows = _encode(_in_range(labels, num_classes, check), num_classes)
    return rows.sum(axis=0) if count else rows.max(axis=0)


@mistake("one_hot", "last-row-empty", family="indexing", variants=CHECKED)
def one_hot_last_row_empty(labels, num_classes, check):
    """The last sample gets no 1: your loop ends one too early. range(n) stops before n by
    itself."""
    rows = _encode(_in_range(labels, num_classes, check), num_classes)
    rows[-1] = 0
    return rows


@mistake("one_hot", "class-zero-left-out", family="indexing", variants=CHECKED)
def one_hot_zero_left_out(labels, num_classes, check):
    """Samples of class 0 get no 1: as a condition, the label 0 counts as false. Its 1 belongs in
    column 0."""
    rows = _encode(_in_range(labels, num_classes, check), num_classes)
    rows[:, 0] = 0
    return rows


@mistake("one_hot", "first-row-only", family="indexing", variants=CHECKED)
def one_hot_first_row_only(labels, num_classes, check):
    """Only your first sample gets its 1. Does the return stand inside the loop?"""
    rows = _encode(_in_range(labels, num_classes, check), num_classes)
    rows[1:] = 0
    return rows


@mistake("one_hot", "cumulative-ones", family="indexing", variants=CHECKED)
def one_hot_cumulative(labels, num_classes, check):
    """You mark all columns up to the label. One-hot means a single 1, at the label itself."""
    return 1.0 * (np.arange(num_classes) <= _in_range(labels, num_classes, check)[:, None])


@mistake("one_hot", "label-as-value", family="indexing", variants=CHECKED | HOW)
def one_hot_label_as_value(labels, num_classes, check, how):
    """You write the label's number where the 1 belongs, so class 0 vanishes. The position tells the
    class; the entry is always 1."""
    labels = _in_range(labels, num_classes, check)
    return _encode(labels, num_classes, how) * labels[:, None]


@mistake("one_hot", "ones-and-zeros-exchanged", family="sign", variants=CHECKED | HOW)
def one_hot_exchanged(labels, num_classes, check, how):
    """You mark every class but the right one. The 1 belongs to the label and 0 to the others."""
    return 1 - _encode(_in_range(labels, num_classes, check), num_classes, how)


@mistake("one_hot", "minus-one-for-zero", family="scale", variants=CHECKED | HOW)
def one_hot_signed(labels, num_classes, check, how):
    """Your other entries are −1. A one-hot row is a distribution over the classes: zeros, and
    one 1."""
    return 2 * _encode(_in_range(labels, num_classes, check), num_classes, how) - 1


@mistake("one_hot", "columns-reversed", family="indexing", variants=CHECKED)
def one_hot_columns_reversed(labels, num_classes, check):
    """Your columns run from the last class to the first. Column k stands for label k."""
    return _encode(_in_range(labels, num_classes, check), num_classes)[:, ::-1]


@mistake("one_hot", "column-too-many", family="shape", variants=CHECKED)
def one_hot_column_too_many(labels, num_classes, check):
    """Your rows have a column too many. num_classes counts the classes, 0 among them."""
    return _encode(_in_range(labels, num_classes, check), num_classes + 1)


@mistake("one_hot", "class-dropped", family="shape", variants={"which": (0, -1)})
def one_hot_class_dropped(labels, num_classes, which):
    """A class has no column, so its samples are rows of zeros. Here each class keeps its own."""
    rows = _encode(_in_range(labels, num_classes), num_classes)
    return rows[:, 1:] if which == 0 else rows[:, :-1]


@mistake("one_hot", "extra-axis", family="shape", variants={"axis": (0, 1, 2)})
def one_hot_extra_axis(labels, num_classes, axis):
    """Your result has an axis too many. It should be (N, K), whatever shape you work with."""
    return np.expand_dims(_encode(_in_range(labels, num_classes), num_classes), axis)


@mistake("one_hot", "single-sample-squeezed", family="shape", variants=CHECKED)
def one_hot_squeezed(labels, num_classes, check):
    """A single sample loses its axis, and so does a single class. One sample is (1, K): avoid
    squeeze."""
    return _encode(_in_range(labels, num_classes, check), num_classes).squeeze()


@mistake(
    "one_hot",
    "not-float64",
    family="numerics",
    variants={"dtype": ("int64", "int32", "uint8", "float32", "bool")},
)
def one_hot_dtype(labels, num_classes, dtype):
    """Your ones are not float64. Small or unsigned integers wrap around in t − y; say which dtype
    the array should have."""
    return _encode(_in_range(labels, num_classes), num_classes).astype(dtype)


@mistake("one_hot", "sorted-as-text", family="indexing")
def one_hot_sorted_as_text(labels, num_classes):
    """You sort the classes as text, and then 10 comes before 2. The label is a number, and that
    number is the column."""
    names = sorted(str(k) for k in range(num_classes))
    places = [names.index(str(label)) for label in _in_range(labels, num_classes)]
    return np.eye(num_classes)[places]


@mistake("one_hot", "labels-in-eight-bits", family="numerics", variants={"signed": (False, True)})
def one_hot_eight_bits(labels, num_classes, signed):
    """You store the labels in eight bits, and from 256 classes on some of them wrap around. Leave
    them the integers they are."""
    small = _in_range(labels, num_classes).astype(np.int8 if signed else np.uint8)
    return np.eye(num_classes)[small]


@mistake("one_hot", "single-class-refused", family="edge-case", variants={"squeeze": (False, True)})
def one_hot_single_class(labels, num_classes, squeeze):
    """You make an exception of a single class. It is encoded like any other number of classes: a
    column of ones, (N, 1)."""
    if num_classes == 1 and not squeeze:
        raise ValueError("at least two classes are needed")
    rows = _encode(_in_range(labels, num_classes), num_classes)
    return rows[:, 0] if num_classes == 1 else rows


@mistake("one_hot", "argument-changed", family="purity", variants={"by": ("places", "column")})
def one_hot_changes_labels(labels, num_classes, by):
    """`+=` writes into the caller's labels: after the call they are other numbers. Compute into a
    new array with plain addition."""
    labels = _in_range(labels, num_classes)
    if by == "column":
        labels += 1
        return np.eye(num_classes + 1)[labels][:, 1:]
    out = np.zeros(len(labels) * num_classes)
    labels += np.arange(len(labels)) * num_classes
    out[labels] = 1
    return out.reshape(-1, num_classes)
