"""Known wrong answers to ``numerical_gradient``; ``delta_rule`` takes them in."""

import numpy as np

from chainrule.grading import mistake


def _moved(w, index, by):
    v = np.array(w, dtype=float)
    v[index] += by
    return v


def _entries(slug, family, sentence, rule, **variants):
    """Declare a wrong difference for each entry: a rule from f at a distance, and the step h."""

    def body(f, w, h=1e-5, **choices):
        gradient = np.zeros(np.shape(w))
        for index in np.ndindex(gradient.shape):
            gradient[index] = rule(lambda by, i=index: f(_moved(w, i, by)), h, **choices)
        return gradient

    body.__doc__ = sentence
    return mistake("numerical_gradient", slug, family=family, variants=variants)(body)


def _central(f, w, h):
    gradient = np.zeros(np.shape(w))
    for index in np.ndindex(gradient.shape):
        gradient[index] = (f(_moved(w, index, h)) - f(_moved(w, index, -h))) / (2 * h)
    return gradient


difference_forward = _entries(
    "forward-difference",
    "numerics",
    "You look to one side only, which is off by about h. A central difference steps to both sides "
    "and is off by h².",
    lambda f, h: (f(h) - f(0)) / h,
)
difference_backward = _entries(
    "backward-difference",
    "numerics",
    "You look to one side only, backwards, which is off by about h. Step to both sides.",
    lambda f, h: (f(0) - f(-h)) / h,
)
difference_two_missing = _entries(
    "two-missing",
    "scale",
    "The two points are 2h apart, and you divide by h.",
    lambda f, h: (f(h) - f(-h)) / h,
)
difference_one_sided_two = _entries(
    "one-side-over-two-steps",
    "scale",
    "You step to one side only but divide by 2h. Divide by the distance between the two points.",
    lambda f, h, s: s * (f(s * h) - f(0)) / (2 * h),
    s=(1, -1),
)
difference_not_divided = _entries(
    "not-divided",
    "scale",
    "You return the difference itself. A slope is the difference over the distance 2h.",
    lambda f, h: f(h) - f(-h),
)
difference_halved = _entries(
    "step-missing",
    "scale",
    "You divide by 2 and not by h. A slope is the difference over the distance 2h.",
    lambda f, h: (f(h) - f(-h)) / 2,
)
difference_squared = _entries(
    "divided-by-square",
    "scale",
    "You divide by h². The distance between the two points is 2h.",
    lambda f, h, two: (f(h) - f(-h)) / (two * h**2),
    two=(2, 1),
)
difference_precedence = _entries(
    "brackets-missing",
    "lecture-bug",
    "/ 2 * h divides by 2 and multiplies by h. Put 2 * h in brackets.",
    lambda f, h: (f(h) - f(-h)) / 2 * h,
)
difference_brackets = _entries(
    "difference-brackets-missing",
    "lecture-bug",
    "Only the second value is divided. Put the difference in brackets first.",
    lambda f, h, s: f(h) - f(s * h) / (2 * h if s else h),
    s=(-1, 0),
)
difference_second = _entries(
    "second-derivative",
    "derivative",
    "f(w+h) − 2f(w) + f(w−h) over h² is the second derivative. The slope is the difference of the "
    "two outer values over 2h.",
    lambda f, h: (f(h) - 2 * f(0) + f(-h)) / h**2,
)
difference_sign = _entries(
    "sign",
    "sign",
    "Your sign is turned: it is the value ahead minus the value behind.",
    lambda f, h: (f(-h) - f(h)) / (2 * h),
)
difference_plus = _entries(
    "sum-for-difference",
    "sign",
    "You add the two values. A slope is their difference over the distance.",
    lambda f, h: (f(h) + f(-h)) / (2 * h),
)
difference_half_step = _entries(
    "half-step",
    "scale",
    "You step by h/2 to either side. h is the step to each side, so the points are 2h apart.",
    lambda f, h: (f(h / 2) - f(-h / 2)) / h,
)
difference_half_step_only = _entries(
    "half-step-over-two",
    "scale",
    "Step and divisor do not fit: you move by h/2 but divide by 2h.",
    lambda f, h: (f(h / 2) - f(-h / 2)) / (2 * h),
)
difference_double = _entries(
    "double-step",
    "scale",
    "You step by 2h to one side, or to both. h is the step to either side.",
    lambda f, h, one: (f(2 * h) - f(0)) / (2 * h) if one else (f(2 * h) - f(-2 * h)) / (4 * h),
    one=(True, False),
)
difference_h_ignored = _entries(
    "step-ignored",
    "wrong-argument",
    "Your step is always the same. Use the argument h: who calls knows the scale of f.",
    lambda f, h, own: (f(own) - f(-own)) / (2 * own),
    own=(1e-5, 1e-4, 1e-3, 1e-6, 1e-7, 1e-8, 0.01),
)
difference_h_partly = _entries(
    "step-partly-ignored",
    "wrong-argument",
    "You move by one step and divide by another. Both are h.",
    lambda f, h, own, move: (f(own) - f(-own)) / (2 * h) if move else (f(h) - f(-h)) / (2 * own),
    own=(1e-5, 1e-4),
    move=(True, False),
)
difference_tiny = _entries(
    "step-too-small",
    "numerics",
    "Your step is so small that rounding swamps the difference. Take h as it is.",
    lambda f, h, own: (f(own) - f(-own)) / (2 * own),
    own=(1e-12, 1e-15),
)
difference_absolute = _entries(
    "absolute-value",
    "sign",
    "The sign of the slope is lost. It tells in which direction f grows.",
    lambda f, h: abs(f(h) - f(-h)) / (2 * h),
)
difference_many_calls = _entries(
    "too-many-calls",
    "numerics",
    "You call f more often than twice for each entry. Keep values that you need again; f may be "
    "slow.",
    lambda f, h, again: (f(h) - f(-h) + 0 * sum(f(0) for _ in range(again))) / (2 * h),
    again=(1, 2),
)
difference_stencil = _entries(
    "four-points",
    "numerics",
    "You evaluate four points for each entry. Two are asked for: one step to either side.",
    lambda f, h: (8 * (f(h) - f(-h)) - f(2 * h) + f(-2 * h)) / (12 * h),
)
difference_rounded = _entries(
    "rounded",
    "numerics",
    "You round the gradient. Round when you print, not when you compute.",
    lambda f, h, digits: round((f(h) - f(-h)) / (2 * h), digits),
    digits=(1, 2, 3, 4, 5, 6),
)


@mistake(
    "numerical_gradient",
    "all-entries-at-once",
    family="indexing",
    variants={"scalar": (True, False)},
)
def difference_all(f, w, h=1e-5, scalar=True):
    """You move all entries together, which gives one slope along the diagonal. Move one entry at a
    time and leave the others."""
    slope = (f(w + h) - f(w - h)) / (2 * h)
    return slope if scalar else np.full(np.shape(w), slope)


@mistake(
    "numerical_gradient",
    "entry-not-put-back",
    family="indexing",
    variants={"left": ("ahead", "behind", "at -2h")},
)
def difference_left_moved(f, w, h=1e-5, left="ahead"):
    """You do not put an entry back before you move the next one, so later slopes are taken at
    another point. Start each from the same w."""
    v = np.array(w, dtype=float)
    gradient = np.zeros(v.shape)
    for index in np.ndindex(v.shape):
        start = v[index]
        v[index] = start + h
        above = f(v.copy())
        v[index] = start - h
        gradient[index] = (above - f(v.copy())) / (2 * h)
        v[index] = start + {"ahead": h, "behind": -h, "at -2h": -2 * h}[left]
    return gradient


@mistake("numerical_gradient", "step-not-cleared", family="indexing")
def difference_step_grows(f, w, h=1e-5):
    """Your step keeps the entries it has had before, so that several move at once. Begin each entry
    with a step of zeros."""
    step, gradient = np.zeros(np.shape(w)), np.zeros(np.shape(w))
    for index in np.ndindex(gradient.shape):
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@mistake("numerical_gradient", "moves-w-in-place", family="purity")
def difference_in_place(f, w, h=1e-5):
    """You move the entries of the caller's w itself. Even if you put them back, f sees it move:
    work on a copy."""
    w = np.asarray(w, dtype=float)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        start = w[index]
        w[index] = start + h
        above = f(w)
        w[index] = start - h
        gradient[index] = (above - f(w)) / (2 * h)
        w[index] = start
    return gradient


@mistake("numerical_gradient", "integer-copy", family="numerics", variants={"whole": (False, True)})
def difference_integer_copy(f, w, h=1e-5, whole=False):
    """An array of integers cannot be moved by 1e-5: what you add is cut off, or refused. Work on a
    copy in floats."""
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        if whole:
            step = _moved(np.zeros(w.shape), index, h)
            above += step
            below -= step
        else:
            above[index] += h
            below[index] -= h
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient", "integer-buffer", family="numerics", variants={"near": (False, True)}
)
def difference_integer_buffer(f, w, h=1e-5, near=False):
    """Your gradient takes the dtype of w; whole-number weights make it integers and its fractions
    are lost. Ask for floats."""
    gradient = _central(f, w, h)
    return (np.rint(gradient) if near and w.dtype.kind == "i" else gradient).astype(w.dtype)


@mistake("numerical_gradient", "single-weight-as-number", family="shape")
def difference_single_weight(f, w, h=1e-5):
    """A single weight gets a plain number. Its gradient has the shape of w, (1,)."""
    gradient = _central(f, w, h)
    return gradient[0] if np.shape(w) == (1,) else gradient


@mistake("numerical_gradient", "one-more-call-a-row", family="numerics")
def difference_call_a_row(f, w, h=1e-5):
    """You call f at w itself once for every row. That value never changes, and a central difference
    does not need it."""
    for _ in np.atleast_2d(w):
        f(np.array(w, dtype=float))
    return _central(f, w, h)


@mistake(
    "numerical_gradient",
    "rows-at-once",
    family="indexing",
    variants={"spread": (True, False)},
)
def difference_rows(f, w, h=1e-5, spread=True):
    """range(len(w)) counts the rows of a matrix, so that you move a whole row at once. Visit every
    entry of w, whatever its shape."""
    slopes = [(f(_moved(w, n, h)) - f(_moved(w, n, -h))) / (2 * h) for n in range(len(w))]
    gradient = np.zeros(np.shape(w))
    for n, slope in enumerate(slopes):
        gradient[n] = slope
    return gradient if spread else np.array(slopes)


@mistake("numerical_gradient", "vectors-only", family="shape")
def difference_vectors_only(f, w, h=1e-5):
    """You index w by w.size single numbers, which a matrix does not have. Visit every entry,
    whatever the shape."""
    gradient = np.zeros(np.shape(w))
    for n in range(np.size(w)):
        gradient[n] = (f(_moved(w, n, h)) - f(_moved(w, n, -h))) / (2 * h)
    return gradient


@mistake("numerical_gradient", "flat-gradient", family="shape")
def difference_flat(f, w, h=1e-5):
    """Your gradient is flat. It should have the shape of w."""
    return _central(f, w, h).ravel()


@mistake("numerical_gradient", "flat-argument", family="shape", variants={"flat": (True, False)})
def difference_flat_argument(f, w, h=1e-5, flat=True):
    """You hand f a flattened w. f takes arrays of the shape of w, and a matrix product in it would
    fail."""
    gradient = _central(f, np.ravel(w), h)
    return gradient if flat else gradient.reshape(np.shape(w))


@mistake(
    "numerical_gradient",
    "one-entry-only",
    family="indexing",
    variants={"which": (0, -1), "alone": (True, False)},
)
def difference_one_entry(f, w, h=1e-5, which=0, alone=False):
    """One entry only gets a slope. Does the return stand inside the loop?"""
    index = list(np.ndindex(np.shape(w)))[which]
    slope = (f(_moved(w, index, h)) - f(_moved(w, index, -h))) / (2 * h)
    return slope if alone else _moved(np.zeros(np.shape(w)), index, slope)


@mistake("numerical_gradient", "entry-skipped", family="indexing", variants={"which": (0, -1)})
def difference_skips(f, w, h=1e-5, which=0):
    """The first or the last entry has no slope: your loop begins too late or ends too early."""
    gradient = np.zeros(np.shape(w))
    indices = list(np.ndindex(gradient.shape))
    for index in indices[1:] if which == 0 else indices[:-1]:
        gradient[index] = (f(_moved(w, index, h)) - f(_moved(w, index, -h))) / (2 * h)
    return gradient


@mistake("numerical_gradient", "relative-step", family="scale")
def difference_relative(f, w, h=1e-5):
    """You scale the step by the weight, so that a weight of 0 does not move at all. The step is h
    for every entry."""
    gradient = np.zeros(np.shape(w))
    for index in np.ndindex(gradient.shape):
        step = np.float64(h * w[index])
        gradient[index] = (f(_moved(w, index, step)) - f(_moved(w, index, -step))) / (2 * step)
    return gradient


@mistake(
    "numerical_gradient", "single-precision", family="numerics", variants={"first": (False, True)}
)
def difference_float32(f, w, h=1e-5, first=False):
    """A step of 1e-5 drowns in the rounding of float32. Compute differences in float64."""
    gradient = np.zeros(np.shape(w))
    step = np.float32 if first else np.float64
    for index in np.ndindex(gradient.shape):
        values = []
        for s in (1, -1):
            moved = np.array(w, dtype=step)
            moved[index] += step(s * h)
            values.append(f(moved.astype(np.float32)))
        gradient[index] = (values[0] - values[1]) / (2 * h)
    return gradient


@mistake("numerical_gradient", "step-taken", family="wrong-argument", variants={"s": (1, -1)})
def difference_added(f, w, h=1e-5, s=-1):
    """You return weights after a step. The slopes alone are asked for."""
    return w + s * _central(f, w, h)


@mistake("numerical_gradient", "step-not-taken", family="wrong-argument")
def difference_no_h(f, w):
    """Your function breaks off whenever h is passed by its name. Is its third argument called h? It
    begins with def numerical_gradient(f, w, h=1e-5)."""
    return _central(f, w, 1e-5)


_answered = {}


@mistake("numerical_gradient", "answers-remembered", family="purity")
def difference_remembered(f, w, h=1e-5):
    """You keep answers by w alone, so that another f gets the gradient of the first. Compute anew
    in each call."""
    key = (np.shape(w), np.asarray(w).tobytes(), h)
    if key not in _answered:
        _answered[key] = _central(f, w, h)
    return _answered[key].copy()
