"""Known wrong answers to ``gradient_step``; ``delta_rule`` takes them in."""

import numpy as np

from chainrule.grading import mistake


def _step(slug, family, sentence, rule, **variants):
    """Declare a wrong step: a rule from w, gradient and learning rate to new weights."""

    def body(w, gradient, learning_rate, **choices):
        return rule(np.asarray(w), np.asarray(gradient), learning_rate, **choices)

    body.__doc__ = sentence
    return mistake("gradient_step", slug, family=family, variants=variants)(body)


step_up = _step(
    "adds-gradient",
    "sign",
    "You walk uphill: the gradient points to where the error grows. Subtract.",
    lambda w, g, r: w + r * g,
)
step_rate_ignored = _step(
    "learning-rate-ignored",
    "scale",
    "Your step does not depend on the learning rate. Use the argument; nobody can tune a number "
    "that is written into the code.",
    lambda w, g, r, own: w - own * g,
    own=(1, 0.1, 0.01, 0.001, 0.5),
)
step_rate_twice = _step(
    "learning-rate-twice",
    "scale",
    "The learning rate is multiplied in twice. At rate 1 you cannot see it; try 0.1.",
    lambda w, g, r: w - r * r * g,
)
step_divided = _step(
    "divides-by-learning-rate",
    "scale",
    "You divide by the learning rate, so a smaller rate makes larger steps. Multiply.",
    lambda w, g, r: w - g / r,
)
step_only = _step(
    "returns-the-step",
    "wrong-argument",
    "You return the step alone. Subtract it from the weights and return those.",
    lambda w, g, r, s: s * r * g,
    s=(1, -1),
)
step_none = _step(
    "weights-unchanged",
    "training",
    "The weights come back as they were: the new ones are bound to a name and lost. Return them.",
    lambda w, g, r: w * 1.0,
)
step_exchanged = _step(
    "arguments-swapped",
    "wrong-argument",
    "Weights and gradient have changed places. The weights are moved, along the gradient.",
    lambda w, g, r: g - r * w,
)
step_turned = _step(
    "difference-turned",
    "sign",
    "You subtract the weights from the step. New weights are the old ones minus the step.",
    lambda w, g, r: r * g - w,
)
step_multiplied = _step(
    "weights-multiplied",
    "derivative",
    "You scale the weights by the gradient. The step is subtracted.",
    lambda w, g, r, plain: w * r * g if plain else w * (1 - r * g),
    plain=(False, True),
)
step_brackets = _step(
    "brackets-wrong",
    "lecture-bug",
    "You multiply the whole difference by the learning rate. It scales the gradient only.",
    lambda w, g, r: r * (w - g),
)
step_normalised = _step(
    "gradient-normalised",
    "scale",
    "You divide the gradient by its length. A steep place should make a large step.",
    lambda w, g, r, eps: w - r * g / (np.linalg.norm(g) + eps),
    eps=(0, 1e-8),
)
step_clipped = _step(
    "gradient-clipped",
    "scale",
    "You limit the gradient. Plain gradient descent takes it as it is.",
    lambda w, g, r, k, by: (
        w - r * (np.clip(g, -k, k) if by == "entry" else g * min(1, k / (np.linalg.norm(g) or 1)))
    ),
    k=(1, 0.5, 2, 5, 10),
    by=("entry", "norm"),
)
step_small = _step(
    "small-gradient-ignored",
    "numerics",
    "You leave the weights alone where the gradient is small. Small steps count too: take it as "
    "it is.",
    lambda w, g, r, k, each: w - r * g * ((np.abs(g) if each else np.abs(g).max()) >= k),
    k=(1e-2, 1e-3, 1e-4),
    each=(False, True),
)
step_rate_subtracted = _step(
    "rate-subtracted",
    "lecture-bug",
    "You take the learning rate itself off the weights. It scales the gradient, and their product "
    "is taken off: multiply first.",
    lambda w, g, r, then: {
        "times": lambda: (w - r) * g,
        "minus": lambda: w - r - g,
        "plus": lambda: w - r + g,
        "nothing": lambda: w - r,
    }[then](),
    then=("times", "minus", "plus", "nothing"),
)
step_flat = _step(
    "flattened",
    "shape",
    "A matrix of weights comes back flat. New weights have the shape of the old ones.",
    lambda w, g, r: np.ravel(w) - r * np.ravel(g),
)


def _one_by_one(w, g, r, error):
    if w.ndim > 1:
        raise error("a row is no number")
    return w - r * g


step_vectors = _step(
    "vectors-only",
    "shape",
    "Your function breaks off on a matrix. Does a loop take w for a list of numbers? Subtract "
    "whole arrays: that fits any shape.",
    _one_by_one,
    error=(TypeError, ValueError, IndexError),
)
step_sign = _step(
    "sign-of-gradient",
    "scale",
    "You use the gradient's sign only. Its size matters as well.",
    lambda w, g, r: w - r * np.sign(g),
)
step_absolute = _step(
    "absolute-gradient",
    "sign",
    "The gradient's sign is lost, so weights can only shrink.",
    lambda w, g, r: w - r * np.abs(g),
)
step_reduced = _step(
    "one-step-for-all",
    "reduction",
    "Every weight moves by the same amount. Each has its own entry of the gradient.",
    lambda w, g, r, of: w - r * of(g),
    of=(np.sum, np.mean, lambda g: g.flat[0]),
)
step_by_size = _step(
    "divided-by-size",
    "reduction",
    "You divide the step by the number of weights. No mean belongs here.",
    lambda w, g, r: w - r * g / w.size,
)
step_half = _step(
    "half-step",
    "scale",
    "Your step is half as long as it should be: it is the learning rate times the gradient.",
    lambda w, g, r: w - r * g / 2,
)
step_double = _step(
    "double-step",
    "scale",
    "Your step is twice as long as it should be; the 2 is in the gradient already.",
    lambda w, g, r: w - 2 * r * g,
)
step_decay = _step(
    "weight-decay",
    "training",
    "You shrink the weights as well. That is regularisation, which nobody asked for here.",
    lambda w, g, r, k: w - r * (g + k * w),
    k=(1, 0.1, 0.01, 0.001, 1e-4),
)
step_bias_kept = _step(
    "bias-not-updated",
    "indexing",
    "The first weight does not move. The bias learns like the others.",
    lambda w, g, r: np.concatenate([w[:1] * 1.0, w[1:] - r * g[1:]]),
)
step_last_kept = _step(
    "last-weight-not-updated",
    "indexing",
    "The last weight does not move: range(n) stops before n by itself.",
    lambda w, g, r: np.concatenate([w[:-1] - r * g[:-1], w[-1:] * 1.0]),
)
step_integers = _step(
    "integer-weights",
    "numerics",
    "Whole-number weights stay whole: you write the new ones into an array of integers, which cuts "
    "fractions off or refuses. Begin with a copy in floats.",
    lambda w, g, r, how: {
        "truncated": lambda: (w - r * g).astype(w.dtype),
        "refused": lambda: np.subtract(w, r * g, out=w.copy()),
    }[how](),
    how=("truncated", "refused"),
)
step_rounded = _step(
    "rounded",
    "numerics",
    "You round the weights. Small steps get lost that way.",
    lambda w, g, r, digits: np.round(w - r * g, digits),
    digits=(0, 1, 2, 3, 4),
)
step_zero_rate = _step(
    "zero-rate-replaced",
    "edge-case",
    "You take a learning rate of 0 for a missing one: `or` does not tell them apart. At rate 0 "
    "nothing moves.",
    lambda w, g, r, own: w - (r or own) * g,
    own=(1, 0.1, 0.01, 0.001),
)


@mistake(
    "gradient_step",
    "w-changed",
    family="purity",
    variants={"how": ("-=", "[:]"), "given": (True, False)},
)
def step_in_place(w, gradient, learning_rate, how, given):
    """`-=` writes into the caller's weights, and returning them does not make them new. Compute a
    new array."""
    w = np.asarray(w, dtype=float)
    if how == "-=":
        w -= learning_rate * gradient
    else:
        w[:] = w - learning_rate * gradient
    return w if given else w.copy()


@mistake("gradient_step", "gradient-changed", family="purity")
def step_scales_gradient(w, gradient, learning_rate):
    """`*=` scales the caller's gradient. Multiply into a new array."""
    gradient *= learning_rate
    return w - gradient


@mistake("gradient_step", "returns-nothing", family="shape", variants={"changed": (True, False)})
def step_returns_none(w, gradient, learning_rate, changed):
    """Your function returns None: it changes its argument, or forgets the return. The caller waits
    for the new weights."""
    if changed:
        w -= learning_rate * gradient


_velocity = {}


@mistake("gradient_step", "momentum-kept", family="purity", variants={"beta": (0.9, 0.5)})
def step_momentum(w, gradient, learning_rate, beta):
    """Your step remembers earlier ones. The same call must give the same answer: keep no state
    between calls."""
    key = (np.shape(w), beta)
    _velocity[key] = beta * _velocity.get(key, 0) + gradient
    return w - learning_rate * _velocity[key]


@mistake(
    "gradient_step",
    "no-new-weights",
    family="purity",
    variants={"when": ("gradient", "nothing")},
)
def step_hands_back(w, gradient, learning_rate, when):
    """Where nothing is to be done you hand back the caller's own array, and whoever changes one
    changes both. Return a new array there too."""
    still = gradient if when == "gradient" else learning_rate * gradient
    return w - learning_rate * gradient if np.any(still) else w


_results = {}


@mistake("gradient_step", "buffer-reused", family="purity")
def step_into_buffer(w, gradient, learning_rate):
    """Every call writes into the same array, so an earlier result changes with a later call. Make a
    new array for each."""
    buffer = _results.setdefault(np.shape(w), np.empty(np.shape(w)))
    buffer[...] = w - learning_rate * gradient
    return buffer
