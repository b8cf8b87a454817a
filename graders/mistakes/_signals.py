"""Wrong signals dE/da of one neuron: each spoils ``delta_rule`` and ``batch_gradient`` alike."""

import numpy as np


def sigma(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def slope(y):
    return y * (1 - y)


def signals():
    """Wrong dE/da, from y, t and a: (slug, family, sentence, rule)."""
    yield (
        "two-dropped",
        "scale",
        "The 2 is missing: dE/dy of (y − t)² is 2 (y − t).",
        lambda y, t, a: (y - t) * slope(y),
    )
    yield (
        "two-twice",
        "scale",
        "The 2 is there twice: dE/dy brings it in once.",
        lambda y, t, a: 4 * (y - t) * slope(y),
    )
    yield (
        "sign",
        "sign",
        (
            "Your gradient points downhill. It is the slope itself, so y − t; the minus comes "
            "with the update."
        ),
        lambda y, t, a: -2 * (y - t) * slope(y),
    )
    yield (
        "sign-and-two",
        "sign",
        "Two things: your gradient points downhill (is it y − t?), and the 2 is missing.",
        lambda y, t, a: (t - y) * slope(y),
    )
    yield (
        "sigmoid-slope-missing",
        "derivative",
        (
            "One factor of the chain rule is missing: dy/da = y (1 − y). The error reaches "
            "the weights only through the sigmoid."
        ),
        lambda y, t, a: 2 * (y - t),
    )
    yield (
        "cross-entropy-gradient",
        "derivative",
        (
            "(y − t) x is the gradient of the cross-entropy. The squared error has 2 and y (1 "
            "− y) as well."
        ),
        lambda y, t, a: y - t,
    )
    yield (
        "downhill-cross-entropy-gradient",
        "derivative",
        (
            "(t − y) x is a step against the cross-entropy. The gradient of the squared error "
            "has y − t, 2 and y (1 − y)."
        ),
        lambda y, t, a: t - y,
    )
    yield (
        "decision-for-prediction",
        "derivative",
        (
            "You compare the target with the decision, 0 or 1, instead of the prediction y. How "
            "far y is off is what teaches."
        ),
        lambda y, t, a: 2 * ((y > 0.5) - t) * slope(y),
    )
    yield (
        "slope-of-y",
        "derivative",
        (
            "You take the sigmoid's slope at y instead of at a. y is a sigmoid already: the "
            "slope is y (1 − y)."
        ),
        lambda y, t, a: 2 * (y - t) * slope(sigma(y)),
    )
    yield (
        "slope-of-a",
        "derivative",
        "You write a (1 − a) for the slope. It is y (1 − y), of the prediction.",
        lambda y, t, a: 2 * (y - t) * slope(a),
    )
    yield (
        "slope-of-target",
        "derivative",
        "You take the slope at the target, t (1 − t). It is y (1 − y), of the prediction.",
        lambda y, t, a: 2 * (y - t) * slope(t),
    )
    yield (
        "slope-plus",
        "sign",
        "You multiply by 1 + y. The slope of the sigmoid is y (1 − y).",
        lambda y, t, a: 2 * (y - t) * y * (1 + y),
    )
    yield (
        "factor-y-missing",
        "derivative",
        "Half of the sigmoid's slope is missing: it is y (1 − y), and you have 1 − y.",
        lambda y, t, a: 2 * (y - t) * (1 - y),
    )
    yield (
        "factor-one-minus-y-missing",
        "derivative",
        "Half of the sigmoid's slope is missing: it is y (1 − y), and you have y.",
        lambda y, t, a: 2 * (y - t) * y,
    )
    yield (
        "slope-twice",
        "derivative",
        "The factor y (1 − y) is there twice. The error passes one sigmoid.",
        lambda y, t, a: 2 * (y - t) * slope(y) ** 2,
    )
    yield (
        "tanh-slope",
        "derivative",
        "1 − y² is the slope of tanh. That of the sigmoid is y (1 − y).",
        lambda y, t, a: 2 * (y - t) * (1 - y**2),
    )
    yield (
        "square-kept",
        "derivative",
        "The square of y − t is still there. Differentiated, it is 2 (y − t).",
        lambda y, t, a: 2 * (y - t) ** 2 * slope(y),
    )
    yield (
        "error-for-its-slope",
        "derivative",
        (
            "You start from the error (y − t)² itself. The chain rule starts from its "
            "derivative, 2 (y − t)."
        ),
        lambda y, t, a: (y - t) ** 2 * slope(y),
    )
    yield (
        "absolute-error",
        "sign",
        "The sign of y − t is lost, so weights could only move one way.",
        lambda y, t, a: 2 * np.abs(y - t) * slope(y),
    )
    yield (
        "sign-of-error-only",
        "derivative",
        "You use only the sign of y − t, the slope of |y − t|. That of the square is 2 (y − t).",
        lambda y, t, a: np.sign(y - t) * slope(y),
    )
    yield (
        "linear-neuron",
        "architecture",
        "You leave the sigmoid out altogether and train a linear neuron. y = σ(x·w).",
        lambda y, t, a: 2 * (a - t),
    )
    yield (
        "linear-neuron-without-two",
        "architecture",
        "You leave the sigmoid out, and the 2. y = σ(x·w), and dE/dy = 2 (y − t).",
        lambda y, t, a: a - t,
    )
    yield (
        "pre-activation-compared",
        "wrong-argument",
        "You compare the weighted sum with the target. The prediction is its sigmoid.",
        lambda y, t, a: 2 * (a - t) * slope(y),
    )
    yield (
        "precedence",
        "lecture-bug",
        (
            "Your y is 1/1+e^−v, which Python reads as 1 + e^−v, as in the lecture's listing. "
            "Use the sigmoid that is given."
        ),
        lambda y, t, a: 2 * (1 + np.exp(-a) - t) * slope(1 + np.exp(-a)),
    )
    yield (
        "sigmoid-twice",
        "derivative",
        "You apply the sigmoid twice before comparing. y = σ(x·w), once.",
        lambda y, t, a: 2 * (sigma(y) - t) * slope(sigma(y)),
    )
    yield (
        "sign-of-exponent",
        "sign",
        "Your prediction falls where it should rise: the sigmoid has a minus in its exponent.",
        lambda y, t, a: 2 * (1 - y - t) * slope(y),
    )
    yield (
        "step-output",
        "wrong-argument",
        "You compare a decision, 0 or 1, with the target. The prediction is the probability y.",
        lambda y, t, a: 2 * ((y >= 0.5) - t) * slope(y),
    )
    yield (
        "brackets-missing",
        "lecture-bug",
        "2 * y - t doubles the prediction alone. Put y − t in brackets.",
        lambda y, t, a: (2 * y - t) * slope(y),
    )
    yield from _late_signals()


def _late_signals():
    yield (
        "pre-activation-as-prediction",
        "architecture",
        (
            "You take the weighted sum x·w for the prediction, everywhere. y = σ(x·w): the "
            "sigmoid comes before the error and its slope."
        ),
        lambda y, t, a: 2 * (a - t) * slope(a),
    )
    yield (
        "slope-brackets-missing",
        "lecture-bug",
        (
            "Your gradient is always 0. If its slope is written y * 1 - y, that is y − y: put "
            "1 - y in brackets."
        ),
        lambda y, t, a: 0 * y,
    )
    yield (
        "product-brackets-missing",
        "lecture-bug",
        (
            "y * 1 - y without brackets takes y away from the product before it. Put 1 - y in "
            "brackets."
        ),
        lambda y, t, a: 2 * (y - t) * y * 1 - y,
    )
    yield (
        "tanh-for-sigmoid",
        "architecture",
        "Your neuron squashes with tanh. The lecture's has the sigmoid, with the slope y (1 − y).",
        lambda y, t, a: 2 * (np.tanh(a) - t) * (1 - np.tanh(a) ** 2),
    )


def right(x, w, t):
    """2 (y − t) y (1 − y), for one sample or for each of a batch."""
    y = sigma(np.asarray(x) @ np.asarray(w))
    return 2 * (y - t) * slope(y)
