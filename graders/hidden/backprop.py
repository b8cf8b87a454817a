"""Hidden checks: credit assignment through layers."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import check, draw, expect, numerical_gradient_of, passed_on

from ..inputs import class_predictions, learning_rates
from ..networks import (
    ALIKE,
    DEEPER,
    ONE_LAYER,
    TWO_LAYERS,
    Logits,
    Problem,
    block_names,
    fixed_problem,
    integer_problems,
    integer_stacks,
    logit_batches,
    network_pairs,
    problem_pairs,
    problems,
)
from ._model import cross_entropy


def _numerical_gradients(reference, problem: Problem):
    """The gradient of the reference's error by every entry of every block, by differences."""
    x, layers, t = problem

    def error_with(block, index, part):
        pair = list(layers[index])
        pair[part] = block
        changed = [*layers[:index], tuple(pair), *layers[index + 1 :]]
        return reference.network_error(reference.forward(x, changed)[-1], t)

    return [
        tuple(
            numerical_gradient_of(lambda block, i=i, part=part: error_with(block, i, part), old)
            for part, old in enumerate(layer)
        )
        for i, layer in enumerate(layers)
    ]


def _expect_gradients(submission, reference, problem: Problem, want):
    x, layers, t = problem
    activations = passed_on(submission.forward, reference.forward, x, layers)
    got = submission.backward(activations, layers, t)
    expect(got, want, label="the gradient", names=block_names(layers, "d"))


def _reference_gradients(reference, problem: Problem):
    x, layers, t = problem
    return reference.backward(reference.forward(x, layers), layers, t)


_plain = fixed_problem(12, (2, 3, 1))
_factors = zip((14, -14), _plain.layers, strict=True)
STEEP = _plain._replace(layers=[(k * W, b) for k, (W, b) in _factors])
"""More than ten samples, and sums down to -25: a sigmoid is small there, but not yet the same."""


@check("forward", points=2, hint="Does it work for one layer, and for four?")
@given(problem=problems())
@example(problem=STEEP)
def agrees_with_the_reference(submission, reference, problem):
    """Every activation of a network of any depth is right."""
    x, layers, _ = problem
    expect(submission.forward(x, layers), reference.forward(x, layers))


_x, _layers, _t = fixed_problem(3, (2, 4, 2))
(_W1, _b1), (_W2, _b2) = _layers
_whole = np.arange(8).reshape(2, 4) % 3 - 1
MIXED = Problem(_x, [(_whole, _b1), (_W2, np.array([1, -1]))], (_t > 0.5).astype(np.int64))
"""Whole numbers in W of layer 1, in b of layer 2 and in t, and fractions in all the rest."""

WHOLE_X = np.array([[1, -1], [0, 2], [-1, 0]])


@check(
    "forward",
    hint="An array made like an integer array holds integers only.",
    after=["passes_three_samples_on"],
)
@given(problem=integer_problems())
@example(problem=MIXED._replace(x=WHOLE_X))
@example(problem=Problem(WHOLE_X, _layers, MIXED.t))
def takes_whole_numbers(submission, reference, problem):
    """Integer inputs, weights and biases give the same as the equal floats."""
    x, layers, _ = problem
    expect(submission.forward(x, layers), reference.forward(x, layers))


@check("forward", hint="Which axis is the batch's? Nothing may be summed or normalised along it.")
@given(problem=problems((*TWO_LAYERS, *DEEPER)))
def samples_do_not_mix(submission, problem):
    """A sample has the same activations alone and within a batch."""
    x, layers, _ = problem
    batch = submission.forward(x, layers)
    expect(submission.forward(x[-1:], layers), [a[-1:] for a in batch])


TWELVE = np.linspace(0.05, 0.95, 24).reshape(12, 2), np.eye(2)[[0, 1] * 6]
"""More than ten samples."""

SCORES = ((2, 3), (3, 2), (4, 3), (3, 3), (1, 3), (2, 5))


@check("network_error", hint="Compare the numbers of samples and of outputs: which one divides?")
@given(scores=class_predictions(SCORES))
@example(scores=(np.array([[0.5], [2.0], [-1.0]]), np.array([[0.0], [1.0], [0.25]])))
@example(scores=(np.array([[0.5, 0.25, 0.0, 0.5]]), np.array([[0.0, 0.25, 0.0, 0.75]])))
@example(scores=(np.array([[-1.0, 3.0, 0.5]]), np.array([[0.0, 0.25, 0.75]])))
@example(scores=(np.array([[1, 0], [0, 0]]), np.array([[0.25, 0.75], [0.5, 0.5]])))
@example(scores=TWELVE)
def equals_the_lectures_error(submission, reference, scores):
    """The error is right for any number of samples and outputs."""
    y, t = scores
    expect(submission.network_error(y, t), reference.network_error(y, t))


@check("network_error", hint="Which sign does a squared error have?")
@given(t=draw.integers_array((3, 1), 0, 1), d=draw.integers_array((3, 1), -2, 2))
@example(t=np.array([[0], [1], [1]]), d=np.array([[1], [-1], [0]]))
@example(t=np.array([[0], [1], [1]]), d=np.array([[0.5], [-0.25], [0.75]]))
def too_high_is_as_bad_as_too_low(submission, t, d):
    """Predictions that are above or below whole targets by the same cost the same."""
    want = float((d**2).sum()) / 3
    expect([submission.network_error(t + d, t), submission.network_error(t - d, t)], [want, want])


@check("backward", points=2, hint="Check dW and db by hand for a single sample first.")
@given(problem=problems(ONE_LAYER))
@example(problem=fixed_problem(3, (2, 3)))
def equals_differences_in_one_layer(submission, reference, problem):
    """In a network of one layer every gradient equals the numerical gradient of E."""
    _expect_gradients(submission, reference, problem, _numerical_gradients(reference, problem))


SATURATED = Problem(
    np.array([[1.0, -0.5], [-2.0, 1.5], [0.5, 2.0], [-1.5, 0.0]]),
    [
        (np.array([[4.0, -1.0, 0.5], [-3.0, 1.5, 1.0]]), np.array([0.5, -1.0, 0.25])),
        (np.array([[-6.0, 1.5], [3.0, -4.0], [1.0, 2.0]]), np.array([-8.0, 9.0])),
    ],
    np.array([[0.75, 0.25], [0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]),
)
"""Outputs near 0 and 1, most of them wrong: little can be learned there, but not nothing."""

STRONG = Problem(
    np.array([[12.0, -8.0], [-10.0, 9.0]]),
    [
        (np.array([[0.01, 0.0, 0.01], [0.01, 0.01, -0.02]]), np.array([0.1, -0.2, 0.3])),
        (np.array([[20.0], [-24.0], [8.0]]), np.array([-5.0])),
    ],
    np.array([[0.0], [1.0]]),
)
"""Large inputs and large weights behind small ones: gradients far beyond 1."""


@check("backward", points=3, hint="Write the shapes of dE/da beside the shapes of W: what fits?")
@given(problem=problems(TWO_LAYERS))
@example(problem=fixed_problem(12, (2, 3, 1)))
@example(problem=SATURATED)
@example(problem=STRONG)
def equals_differences_in_two_layers(submission, reference, problem):
    """With one hidden layer every gradient equals the numerical gradient of E."""
    _expect_gradients(submission, reference, problem, _numerical_gradients(reference, problem))


_cube = fixed_problem(2, (3, 3, 3, 3))
DEEP_SQUARE = _cube._replace(
    layers=[(np.roll(W + W.T, i, (0, 1)), np.roll(b, i)) for i, (W, b) in enumerate(_cube.layers)]
)
"""Three layers of three units: each one's weights and slopes fit all the others, too. They are
symmetric, so that whoever turns them round is seen by the check of squares alone."""


@check("backward", points=2, hint="What a layer hands back is what the layer before it needs.")
@given(problem=problems(DEEPER))
@example(problem=DEEP_SQUARE)
def equals_differences_in_deeper_networks(submission, reference, problem):
    """With two and three hidden layers every gradient equals the numerical gradient of E."""
    _expect_gradients(submission, reference, problem, _numerical_gradients(reference, problem))


@check("backward", hint="Where all sizes are equal, a wrong axis raises no error.")
@given(problem=problems(ALIKE))
@example(problem=fixed_problem(3, (3, 3, 3)))
def holds_for_squares_and_single_samples(submission, reference, problem):
    """The gradients are right where all sizes are equal, and for one sample alone."""
    _expect_gradients(submission, reference, problem, _reference_gradients(reference, problem))


@check(
    "backward",
    hint="An array made like an integer array holds integers only.",
    after=["shares_the_blame_out_in_two_layers"],
)
@given(problem=integer_problems((*TWO_LAYERS, *DEEPER)))
@example(problem=MIXED)
def whole_numbers_are_fine(submission, reference, problem):
    """Integer inputs, weights and targets give the same gradients as the equal floats."""
    _expect_gradients(submission, reference, problem, _reference_gradients(reference, problem))


_first = fixed_problem(3, (2, 4, 1))
OTHER_BIASES = _first, _first._replace(layers=[(W, b - 0.5) for W, b in _first.layers])
"""The same samples, and two networks that differ in nothing but their biases."""


@check(
    "backward",
    hint="Everything that backward needs is in its arguments.",
    after=["shares_the_blame_out_in_two_layers"],
)
@given(pair=problem_pairs((*TWO_LAYERS, *DEEPER)))
@example(pair=OTHER_BIASES)
def keeps_two_networks_apart(submission, reference, pair):
    """A network's gradients do not depend on another network's forward pass in between."""
    passes = [passed_on(submission.forward, reference.forward, x, net) for x, net, _ in pair]
    for (x, layers, t), activations in zip(pair, passes, strict=True):
        got = submission.backward(activations, layers, t)
        want = _reference_gradients(reference, Problem(x, layers, t))
        expect(got, want, label="the gradient", names=block_names(layers, "d"))


FAR = STRONG.layers, [(20 * np.cos(W), 20 * np.sin(b)) for W, b in STRONG.layers]
"""Gradients far beyond 1, and with more digits than anybody would round to."""


@check("update", points=2, hint="Weights and biases take the same kind of step.")
@given(pair=network_pairs(), rate=learning_rates())
@example(pair=(fixed_problem(1, (2, 3, 4, 1)).layers,) * 2, rate=0.3)
@example(pair=FAR, rate=0.05)
def every_block_takes_its_step(submission, reference, pair, rate):
    """Every weight and every bias of a network of any depth moves as it should."""
    layers, gradients = pair
    got = submission.update(layers, gradients, rate)
    want = reference.update(layers, gradients, rate)
    expect(got, want, label="the new network", names=block_names(layers))


@check(
    "update",
    hint="May a whole number become a fraction in place?",
    after=["steps_against_the_gradient"],
)
@given(layers=integer_stacks((2, 3, 1)), gradients=integer_stacks((2, 3, 1)))
def whole_numbers_become_fractions(submission, reference, layers, gradients):
    """Integer weights take the same step as the equal floats."""
    got = submission.update(layers, gradients, 0.3)
    want = reference.update(layers, gradients, 0.3)
    expect(got, want, label="the new network", names=block_names(layers))


TENTHS = Logits(
    np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]]), np.array([[0.7, 0.2, 0.1], [0.1, 0.7, 0.2]])
)
"""Rows of t that add up to 1 but for the last digit: all together they are 1.9999999999999998."""

FAR_UP = Logits(
    np.cos(np.arange(36.0)).reshape(12, 3).round(1) + 16, np.eye(3, dtype=np.int64)[[0, 2, 1] * 4]
)
"""More than ten rows of large logits, with whole targets: what counts is how far apart they are."""


@check("softmax_cross_entropy_gradient", points=2, hint="The mean has a factor. So has its slope.")
@given(batch=logit_batches())
@example(batch=TENTHS)
@example(batch=TENTHS._replace(logits=np.array([[1, -1, 2], [3, 0, -1]])))
def equals_differences_of_the_loss(submission, batch):
    """With soft targets every entry equals the numerical gradient of the mean cross-entropy."""
    logits, t = batch
    want = numerical_gradient_of(lambda z: cross_entropy(z, t), logits)
    expect(submission.softmax_cross_entropy_gradient(logits, t), want)


@check("softmax_cross_entropy_gradient", hint="Try a single class: what can be learned there?")
@given(batch=logit_batches(soft=False))
@example(batch=Logits(np.array([[2.0], [-1.0]]), np.ones((2, 1))))
@example(batch=Logits(np.array([[0.5, -1.0, 2.0]]), np.array([[0.0, 0.0, 1.0]])))
@example(batch=FAR_UP)
def is_right_for_one_hot_targets(submission, reference, batch):
    """With one-hot targets every entry is right, for a single sample or class too."""
    got = submission.softmax_cross_entropy_gradient(*batch)
    expect(got, reference.softmax_cross_entropy_gradient(*batch))


@check(
    "softmax_cross_entropy_gradient",
    hint="An array made like integers holds integers only.",
    after=["meets_a_worked_example"],
)
@given(logits=draw.integers_array((3, 4), -3, 3), labels=st.permutations(range(4)))
def fractions_come_of_whole_numbers(submission, reference, logits, labels):
    """Integer logits and targets give the same as the equal floats."""
    t = np.eye(4, dtype=np.int64)[labels[:3]]
    got = submission.softmax_cross_entropy_gradient(logits, t)
    expect(got, reference.softmax_cross_entropy_gradient(logits, t))
