"""Hidden checks: a network that learns its own features."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import agree, check, demand, draw, expect

from ..networks import (
    ALIKE,
    DEEPER,
    ONE_LAYER,
    TWO_LAYERS,
    XOR_START,
    XOR_T,
    XOR_X,
    Problem,
    Staircase,
    Training,
    as_precise_as,
    decisions,
    demand_distinct_columns,
    demand_solved,
    demand_steps,
    expect_training,
    fixed_problem,
    integer_networks,
    integer_problems,
    networks,
    problems,
    staircases,
    trainings,
)
from ._model import is_calm

WITH_HIDDEN_UNITS = (*TWO_LAYERS, *DEEPER)
SEEDS = (2, 11, 298, 317, 2**31 - 1, 48)
"""Of solve_xor; the first two are those of the public checks, so that they cost nothing again.

A network of sizes 2-2-1 that is trained once is stuck from one seed in five, so five seeds taken
blindly would let a third of these answers pass. From one of 11, 298 and 317 at least it is stuck
with each of 18 usual ways to draw the weights (numpy's two generators and Python's; normal,
uniform and scaled; biases drawn or 0) at learning rates of 1 and 5; from 2 it never is. The
reference, trained once for 250 iterations only, is stuck from 48.
"""


UNDECIDED = Problem(
    np.array([[-0.2]]),
    [(np.array([[1.0]]), np.array([0.0])), (np.array([[2.0]]), np.array([-0.5]))],
    np.array([[1.0]]),
)
"""One sample with an output of 0.599 and a hidden unit at 0.450, on the other side of 0.5."""

# Each argument may hold integers by itself, so that an array made like one cuts off another.
WHOLE_X = np.array([[-12], [-9], [-4], [1], [7], [11]])
STEEP = [
    (np.array([[2.1, -0.9]]), np.array([0.5, -1.2])),
    (np.array([[1.3], [-0.7]]), np.array([0.2])),
]
"""On ``WHOLE_X`` sums run from -25 to 24, so that a sigmoid that is cut off anywhere shows."""
FORTY_X = np.arange(-20, 20)[:, np.newaxis] / 16
WHOLE_LAYERS = [
    (np.array([[2, -1]]), np.array([0, 1])),
    (np.array([[1], [2]]), np.array([-2])),
]
WHOLE_T = np.arange(40)[:, np.newaxis] % 3 // 2
"""More samples than anybody's usual batch."""
HALF_WHOLE = [
    (np.array([[1, -1, 2], [0, 2, 1]]), np.array([0.3, -0.6, 0.1])),
    (np.array([[0.5, -0.2], [0.3, 0.7], [-0.1, 0.4]]), np.array([0, 1])),
]


@check("initialize", hint="Does every layer get random weights, however many units it has?")
@given(
    # One input and 40 units: weights from a few values only are bound to coincide.
    sizes=st.sampled_from(((2, 2, 1), (4, 3), (2, 8, 1), (1, 40, 2), (5, 2, 3, 4))),
    seed=st.integers(0, 2**31 - 1),
)
@example(sizes=(2, 2, 1), seed=2**31 - 1)
@example(sizes=(1, 40, 2), seed=5)
def units_differ_in_any_architecture(submission, sizes, seed):
    """No two columns of a W are within 1e-9 of one another, whatever the sizes."""
    for number, (W, _) in enumerate(submission.initialize(sizes, seed), start=1):
        demand_distinct_columns(W, number)


@check("initialize", hint="Is every digit of the seed used?")
def seeds_far_apart_differ(submission):
    """Different seeds give different weights, however large the seeds are."""
    seeds = (0, 1, 256, 1000, 2**16, 10**6, 2**24, 2**30, 2**31 - 1)
    first = [submission.initialize((3, 2), seed)[0][0] for seed in seeds]
    for n, W in enumerate(first):
        for m in range(n):
            demand(not agree(W, first[m]), f"seeds {seeds[m]} and {seeds[n]} should differ", got=W)


@check("train", points=4, hint="Check the gradients of each layer, then the size of the step.")
@given(run=trainings(at_most=4).filter(lambda run: is_calm(*run)))
@example(run=Training(fixed_problem(2, (2, 4, 3)), 0.3, 2))
@example(run=Training(fixed_problem(1, (2, 3, 4, 2)), 0.3, 2))
@example(run=Training(Problem(FORTY_X, WHOLE_LAYERS, WHOLE_T), 0.3, 2))
def follows_the_same_path(submission, reference, run):
    """One to four iterations give the right losses, weights and biases at any depth."""
    (x, layers, t), rate, iterations = run
    want = reference.train(x, t, layers, rate, iterations)
    expect_training(submission.train(x, t, layers, rate, iterations), want)


@check("train", hint="If the first steps are right: does anything change on the way?")
def learns_xor_on_the_same_path(submission, reference):
    """All 150 errors on the way to XOR are right."""
    layers, losses = submission.train(XOR_X, XOR_T, XOR_START, 5.0, 150)
    want = reference.train(XOR_X, XOR_T, XOR_START, 5.0, 150)[1]
    expect(losses, as_precise_as(layers, want), rtol=1e-9, atol=1e-9, label="the list of losses")


@check("train", hint="What ends the training but the number of iterations?")
def goes_on_when_it_is_good(submission, reference):
    """All iterations are made, even when the error is next to nothing."""
    run = np.ones((2, 1)), np.full((2, 1), 0.75), [(np.array([[0.5]]), np.array([0.0]))], 5.0, 20
    expect_training(submission.train(*run), reference.train(*run))


@check(
    "train",
    hint="An array made like an integer array holds integers only.",
    after=["takes_one_step"],
)
@given(problem=integer_problems())
@example(problem=Problem(WHOLE_X, STEEP, WHOLE_X % 5 / 4))
def whole_numbers_learn_too(submission, reference, problem):
    """Integer data and integer weights train like the equal floats."""
    x, layers, t = problem
    want = reference.train(x, t, layers, 0.3, 2)
    expect_training(submission.train(x, t, layers, 0.3, 2), want)


@check("train", hint="Where do the losses of one sigmoid unit on XOR end?")
def one_neuron_cannot_learn_xor(submission):
    """A single neuron gets to an error of 0.25 on XOR and never below."""
    start = [(np.array([[0.6], [-0.4]]), np.array([0.3]))]
    layers, losses = submission.train(XOR_X, XOR_T, start, 5.0, 100)
    slack = 1e-6 if as_precise_as(layers, losses).dtype == np.float32 else 1e-9
    demand(losses.min() >= 0.25 - slack, "no error should be below 0.25", got=losses.min())
    demand(losses[-1] < 0.2501, "the last error should be next to 0.25", got=losses[-1])


@check(
    "classify", points=2, hint="Is the output of the last layer compared, and nothing before it?"
)
@given(problem=decisions())
@example(problem=UNDECIDED)
@example(problem=Problem(np.array([[1], [-1]]), [(np.array([[0.6]]), np.zeros(1))], np.eye(2, 1)))
@example(
    problem=Problem(
        np.array([[0.6], [-0.6]]), [(np.ones((1, 1), int), np.zeros(1, int))], np.eye(2, 1)
    )
)
def decides_like_the_reference(submission, reference, problem):
    """Every sample gets the right class from a network of any depth."""
    expect(
        submission.classify(problem.x, problem.layers),
        reference.classify(problem.x, problem.layers),
    )


@check(
    "classify",
    hint="An array made like an integer array holds integers only.",
    after=["tells_four_samples_apart"],
)
@given(x=draw.integers_array((4, 2), -2, 2))
def whole_numbers_are_classified(submission, x):
    """Integer samples and weights are classified like the equal floats."""
    layers = [(np.array([[4], [-8]]), np.array([2]))]
    want = (4 * x[:, 0] - 8 * x[:, 1] + 2 > 0).astype(np.int64)
    expect(submission.classify(x, layers), want)


@check("solve_xor", shrink=False, hint="Try some more seeds yourself. How many of them get stuck?")
def solves_it_from_seed_298(submission):
    """The network for seed 298 is right for all four points."""
    demand_solved(submission.solve_xor(SEEDS[2]))


@check("solve_xor", shrink=False, hint="Try some more seeds yourself. How many of them get stuck?")
def solves_it_from_seed_317(submission):
    """The network for seed 317 is right for all four points."""
    demand_solved(submission.solve_xor(SEEDS[3]))


@check("solve_xor", shrink=False, hint="How do you find out that a network has not learned yet?")
def solves_it_from_seed_48(submission):
    """The network for seed 48 is right for all four points."""
    demand_solved(submission.solve_xor(SEEDS[5]))


@check(
    "solve_xor",
    shrink=False,
    hint="Does your generator take the largest seed, and one more for a restart?",
)
def solves_it_from_the_largest_seed(submission):
    """The network for seed 2147483647 is right for all four points."""
    demand_solved(submission.solve_xor(SEEDS[4]))


@check(
    "solve_xor",
    points=2,
    shrink=False,
    hint="Where does the seed enter?",
    after=["solves_it_from_seed_2", "solves_it_from_seed_11", "solves_it_from_the_largest_seed"],
)
def seed_matters(submission):
    """Six seeds do not all lead to one and the same network."""
    # Two seeds may meet in a restart. Six meet only where none of them was the first start.
    first, *others = [submission.solve_xor(seed) for seed in SEEDS]
    same = [agree(other, first) for other in others]
    demand(not all(same), "different seeds should not all give the same network", got=first)


@check("hidden_features", hint="What does the output layer multiply with its weights?")
@given(problem=problems((*TWO_LAYERS, *ALIKE)))
@example(problem=fixed_problem(1, (2, 3, 1)))
def agree_with_the_reference(submission, reference, problem):
    """With one hidden layer the features are right for any sizes, and for a single sample."""
    x, layers, _ = problem
    expect(submission.hidden_features(x, layers), reference.hidden_features(x, layers))


@check("hidden_features", hint="Which of several hidden layers comes just before the output?")
@given(problem=problems(DEEPER))
def come_from_the_last_hidden_layer(submission, reference, problem):
    """With several hidden layers the features are the activations of the last of them."""
    x, layers, _ = problem
    expect(submission.hidden_features(x, layers), reference.hidden_features(x, layers))


@check(
    "hidden_features",
    hint="An array made like an integer array holds integers only.",
    after=["reads_the_hidden_layer"],
)
@given(problem=integer_problems(WITH_HIDDEN_UNITS))
@example(problem=Problem(WHOLE_X, STEEP, WHOLE_X))
@example(problem=Problem(FORTY_X[:4], WHOLE_LAYERS, WHOLE_T[:4]))
def whole_numbers_have_features(submission, reference, problem):
    """Integer samples and weights have the same features as the equal floats."""
    x, layers, _ = problem
    expect(submission.hidden_features(x, layers), reference.hidden_features(x, layers))


@check("count_layers", hint="What does a network without a hidden layer have?")
@given(layers=networks((*ONE_LAYER, *DEEPER, *ALIKE)))
@example(layers=[(np.ones((n, 3)), np.ones(3)) for n in (2, 3, 3)])
def counts_any_depth(submission, reference, layers):
    """Networks of one layer and of several have the right number of layers."""
    expect(submission.count_layers(layers), reference.count_layers(layers))


@check("count_parameters", hint="Count a network of one layer by hand.")
@given(layers=networks())
@example(layers=[(np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([0.0, 1.0]))])
@example(layers=[(np.ones((20, 15)), np.ones(15)), (np.ones((15, 1)), np.ones(1))])
def counts_any_architecture(submission, reference, layers):
    """Every architecture has the right number of weights and biases."""
    expect(submission.count_parameters(layers), reference.count_parameters(layers))


@check("merge_linear", points=3, hint="Merge two layers, and then the result with the next one.")
@given(layers=networks())
@example(layers=[(W / 7, b / 7) for W, b in fixed_problem(1, (2, 3, 4, 2)).layers])
def merges_high_stacks(submission, reference, layers):
    """Stacks of one layer and of up to four become the one right layer."""
    expect(submission.merge_linear(layers), reference.merge_linear(layers), names=["W", "b"])


@check(
    "merge_linear",
    hint="Where do you start from, and is that a layer of floats?",
    after=["merges_two_layers"],
)
@given(layers=integer_networks())
@example(layers=HALF_WHOLE)
def whole_numbers_merge(submission, reference, layers):
    """Integer layers merge like the equal floats."""
    expect(submission.merge_linear(layers), reference.merge_linear(layers), names=["W", "b"])


@check("staircase", hint="How steep must a unit be if the edges are close together?")
@given(stairs=staircases(smallest_gap=0.01))
@example(stairs=Staircase(np.array([-8.0, 0.0, 0.01, 9.0]), np.array([5.0, -2.0, 3.0, 3.5, 0.0])))
@example(stairs=Staircase(np.array([0.0, 3e-6, 4e-6]), np.array([2.0, 1.0, 3.0, 3.5])))
@example(stairs=Staircase(np.array([-3000.0, 0.0, 4000.0]), np.array([1.0, -2.0, 0.5, 3.0])))
def stays_sharp_between_close_edges(submission, stairs):
    """Edges a millionth or 3000 apart are kept apart, at 5 % of that gap already."""
    demand_steps(submission.staircase(*stairs), *stairs)


WHOLE_IN_PART = (
    (np.array([0, 1, 3]), np.array([0.5, 1.25, -0.5, 2.25])),
    (np.array([-0.5, 0.25, 1.5]), np.array([1, 3, 2, 6])),
)


@check("staircase", hint="Which heights are high, and which are only higher than the one before?")
@given(edges=st.permutations(range(-4, 5)), jumps=draw.integers_array((6,), 1, 9))
def whole_numbers_make_steps(submission, edges, jumps):
    """Integer edges and heights give the staircase, far above 0 as well, and beside fractions."""
    edges = np.sort(np.array(edges[:6]))
    heights = 100 + np.cumsum(np.concatenate([[0], jumps * np.array([1, -1, 1, 1, -1, 1])]))
    for stairs in ((edges, heights), *WHOLE_IN_PART):
        demand_steps(submission.staircase(*stairs), *stairs)
