"""Public checks: a network that learns its own features."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule.grading import Array, Function, Integer, ListOf, agree, check, demand, expect

from ..networks import (
    DECISIONS,
    DEEPER,
    ONE_LAYER,
    STUCK_START,
    TWO_LAYERS,
    XOR_START,
    XOR_T,
    XOR_X,
    Staircase,
    Training,
    as_precise_as,
    decisions,
    demand_distinct_columns,
    demand_learned,
    demand_solved,
    demand_steps,
    distance_between_classes,
    expect_training,
    fixed_problem,
    layer_forms,
    linear_outputs,
    networks,
    problems,
    size_forms,
    staircases,
    trainings,
    xor_solutions,
)

TITLE = "A network that learns its own features"
FUNCTIONS = (
    Function("initialize", points=3, returns=lambda sizes, seed: size_forms(sizes, Array)),
    Function(
        "train",
        points=6,
        returns=lambda x, t, layers, learning_rate, iterations: (
            layer_forms(layers, Array),
            Array(iterations),
        ),
    ),
    Function("classify", points=2, returns=lambda x, layers: Array(len(x), dtype="integer")),
    Function(
        "solve_xor",
        points=6,
        returns=lambda seed: ListOf((Array(None, None), Array(None)), at_least=1),
    ),
    Function(
        "hidden_features",
        points=3,
        returns=lambda x, layers: Array(len(x), len(layers[-1][0])),
    ),
    Function("count_layers", points=1, returns=lambda layers: Integer()),
    Function("count_parameters", points=2, returns=lambda layers: Integer()),
    Function(
        "merge_linear",
        points=3,
        returns=lambda layers: (
            Array(len(layers[0][0]), len(layers[-1][1])),
            Array(len(layers[-1][1])),
        ),
    ),
    Function(
        "staircase",
        points=4,
        returns=lambda edges, heights: size_forms((1, len(edges), 1), Array),
    ),
)
WITH_HIDDEN_UNITS = (*TWO_LAYERS, *DEEPER)
seeds = st.integers(0, 2**31 - 1)


@check("initialize", points=2, hint="Units that start equal get equal gradients for ever.")
@given(seed=seeds)
@example(seed=0)
def no_two_units_start_alike(submission, seed):
    """In a network of sizes 3-5-4-2 no two columns of a W are within 1e-9 of one another."""
    for number, (W, _) in enumerate(submission.initialize((3, 5, 4, 2), seed), start=1):
        demand_distinct_columns(W, number)


@check("initialize", hint="Give your random generator the seed, and draw from that generator.")
@given(seed=seeds)
@example(seed=0)
def seed_decides_the_start(submission, seed):
    """The same seed gives the same layers again, and the next seed gives another W."""
    first = submission.initialize((2, 4, 1), seed)
    expect(submission.again.initialize((2, 4, 1), seed), first, label="the same seed's network")
    other = submission.initialize((2, 4, 1), (seed + 1) % 2**31)
    demand(not agree(first[0][0], other[0][0]), "another seed should give another W", got=other)


@check("train", points=2, hint="Measure E, then update every layer, once each iteration.")
def takes_one_step(submission):
    """One iteration on XOR records the error of the start and moves every weight and bias."""
    layers = [
        (np.array([[1.0, -2.0], [0.5, 1.5]]), np.array([-0.5, 1.0])),
        (np.array([[2.0], [-1.0]]), np.array([0.5])),
    ]
    W1 = np.array([[0.904967668473, -1.937269915286], [0.475499395790, 1.562046747547]])
    W2 = np.array([[1.770773220483], [-1.260494325161]])
    first = (W1, np.array([-0.663794942309, 1.120315889015]))
    want = ([first, (W2, np.array([0.085045728103]))], np.array([0.296643239510]))
    expect_training(submission.train(XOR_X, XOR_T, layers, 5.0, 1), want)


@check("train", hint="What should happen before the first iteration?")
@given(problem=problems())
def changes_nothing_in_no_iterations(submission, problem):
    """Zero iterations give back the layers and no losses; a learning rate of 0 moves nothing."""
    x, layers, t = problem
    expect_training(submission.train(x, t, layers, 0.3, 0), (layers, []))
    still, losses = submission.train(x, t, layers, 0.0, 2)
    expect_training((still, losses[1:]), (layers, losses[:1]))


@check("train", hint="Is anything carried over from one iteration to the next but the layers?")
@given(run=trainings())
def may_be_interrupted(submission, run):
    """Some iterations and then one more are as good as all of them at once."""
    (x, layers, t), rate, iterations = run
    at_once = submission.train(x, t, layers, rate, iterations + 1)
    half, first = submission.train(x, t, layers, rate, iterations)
    end, last = submission.train(x, t, half, rate, 1)
    expect_training(at_once, (end, [*first, *last]))


@check("train", hint="Full batch: all samples first, then one update.")
@given(run=trainings(WITH_HIDDEN_UNITS, at_most=2))
@example(run=Training(fixed_problem(5, (2, 3, 1)), 0.3, 1))
def order_of_samples_is_free(submission, run):
    """The samples in another order give the same losses and the same network."""
    (x, layers, t), rate, iterations = run
    turned = submission.train(
        np.roll(x, 1, axis=0), np.roll(t, 1, axis=0), layers, rate, iterations
    )
    expect_training(turned, submission.train(x, t, layers, rate, iterations))


@check(
    "train", hint="Compare a single step with the worked example first.", after=["takes_one_step"]
)
def learns_xor(submission):
    """From a good start 150 iterations at a learning rate of 5 solve XOR."""
    layers, losses = submission.train(XOR_X, XOR_T, XOR_START, 5.0, 150)
    demand_learned(losses, 5.0, below=0.01)
    demand_solved(layers)


@check("train", hint="Plain gradient descent from the given start is all that is asked.")
def stays_on_a_plateau(submission):
    """From a bad start two hidden units get no further than an error of 0.125."""
    _, losses = submission.train(XOR_X, XOR_T, STUCK_START, 5.0, 150)
    demand(losses.min() > 0.124, "no error should be below 0.124 on this plateau", got=losses.min())
    demand(losses[-1] < 0.14, "the last error should be below 0.14", got=losses[-1])


@check("classify", hint="Ask for the network's output, then for each sample: is it above 0.5?")
def tells_four_samples_apart(submission):
    """One unit with the weights 1 and -2 and the bias 0.5 makes two ones of four samples."""
    x = np.array([[1.0, 0.0], [0.0, 1.0], [-2.0, -1.0], [3.0, 2.0]])
    layers = [(np.array([[1.0], [-2.0]]), np.array([0.5]))]
    expect(submission.classify(x, layers), np.array([1, 0, 1, 0]))


@check("classify", hint="Is 0.5 above 0.5?")
@given(problem=problems(DECISIONS))
def undecided_is_zero(submission, problem):
    """A network whose last layer is all 0 says 0.5 to everything, which is class 0."""
    x, layers, _ = problem
    W, b = layers[-1]
    silent = [*layers[:-1], (np.zeros_like(W), np.zeros_like(b))]
    expect(submission.classify(x, silent), np.zeros(len(x), dtype=np.int64))


@check("classify", hint="What does the sign of the last layer decide?")
@given(problem=decisions())
def opposite_weights_decide_the_opposite(submission, problem):
    """The opposite last layer turns every 0 into a 1 and every 1 into a 0."""
    x, layers, _ = problem
    W, b = layers[-1]
    opposite = submission.classify(x, [*layers[:-1], (-W, -b)])
    expect(opposite, 1 - submission.classify(x, layers))


@check(
    "solve_xor",
    shrink=False,
    points=2,
    hint="Train from initialize(sizes, seed); start again if it gets stuck.",
)
def solves_it_from_seed_2(submission):
    """The network for seed 2 is right for all four points."""
    demand_solved(submission.solve_xor(2))


@check("solve_xor", shrink=False, hint="How many hidden units make a stuck start unlikely?")
def solves_it_from_seed_11(submission):
    """The network for seed 11 is right for all four points."""
    demand_solved(submission.solve_xor(11))


@check(
    "solve_xor",
    shrink=False,
    hint="Does all that is random come from the seed?",
    after=["solves_it_from_seed_2"],
)
def gives_the_same_network_again(submission):
    """A second call with the same seed gives the same network."""
    # From 11 many starts get stuck, so that restarts are seen to come from the seed, too.
    expect(submission.again.solve_xor(11), submission.solve_xor(11), label="the second network")


@check("hidden_features", hint="Features are activations: what the output layer is given.")
def reads_the_hidden_layer(submission):
    """Two samples have the right features in a network of sizes 2-3-1."""
    x = np.array([[1.0, 2.0], [0.0, -1.0]])
    W1 = np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0]])
    layers = [(W1, np.array([-1.0, 0.5, 1.0])), (np.array([[1.0], [-2.0], [1.5]]), np.array([0.5]))]
    want = [
        [0.731058578630, 0.970687769249, 0.377540668798],
        [0.182425523806, 0.182425523806, 0.880797077978],
    ]
    expect(submission.hidden_features(x, layers), np.array(want))


@check("hidden_features", hint="Which layer would be left out here?")
@given(problem=problems(ONE_LAYER))
def are_the_inputs_of_a_single_layer(submission, problem):
    """With one layer only, the features are the inputs themselves."""
    expect(submission.hidden_features(problem.x, problem.layers), problem.x)


@check("hidden_features", hint="A linear map of the four points of XOR cannot be parted by a line.")
@given(layers=xor_solutions())
def are_parted_by_a_line(submission, layers):
    """In the features of a network that solves XOR one straight line parts the two classes."""
    features = submission.hidden_features(XOR_X, layers)
    demand(
        distance_between_classes(features) > 0.05,
        "a straight line should part the features of (0, 1) and (1, 0) from the other two",
        got=features,
    )


@check("count_layers", hint="The lecture counts hidden layers and the output layer.")
def counts_two_in_the_xor_network(submission):
    """A network of sizes 2-4-1 has two layers."""
    expect(submission.count_layers(XOR_START), 2)


@check("count_parameters", hint="Each unit has a weight for each of its inputs, and what else?")
def counts_17_in_the_xor_network(submission):
    """A network of sizes 2-4-1 has 2·4 + 4 + 4·1 + 1 = 17 parameters."""
    expect(submission.count_parameters(XOR_START), 17)


@check("count_parameters", hint="Go through the layers one by one, and leave none out.")
@given(layers=networks(WITH_HIDDEN_UNITS))
def layers_add_up(submission, layers):
    """A network has as many parameters as its layers have one by one."""
    alone = [submission.count_parameters([layer]) for layer in layers]
    expect(submission.count_parameters(layers), sum(alone))


@check("merge_linear", hint="Write (x·W1 + b1)·W2 + b2 without the brackets.")
def merges_two_layers(submission):
    """Two layers of sizes 1-2-1 become the one right layer."""
    layers = [
        (np.array([[1.0, 2.0]]), np.array([0.5, -1.0])),
        (np.array([[3.0], [4.0]]), np.array([5.0])),
    ]
    want = (np.array([[11.0]]), np.array([2.5]))
    expect(submission.merge_linear(layers), want, names=["W", "b"])


@check("merge_linear", hint="What becomes of the first layer's bias on its way through the second?")
@given(problem=problems())
def says_what_the_stack_says(submission, problem):
    """For every sample the merged layer gives what the stack of linear layers gives."""
    x, layers, _ = problem
    merged = submission.merge_linear(layers)
    got = as_precise_as([merged], linear_outputs(x, [merged]))
    expect(got, linear_outputs(x, layers), label="the output of the merged layer")


@check("staircase", hint="A steep sigmoid is a step from 0 to 1. Where is it 0.5?")
@given(edge=st.integers(-20, 20), jump=st.sampled_from((2.0, -1.0, 0.5)))
def makes_a_single_step(submission, edge, jump):
    """One edge and two heights give one step, in the right place and of the right height."""
    edges, heights = np.array([edge / 10]), np.array([1.5, 1.5 + jump])
    demand_steps(submission.staircase(edges, heights), edges, heights)


@check(
    "staircase", points=2, hint="Each unit adds something at its edge. How much is missing there?"
)
@given(stairs=staircases())
@example(stairs=Staircase(np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.0, 3.0, 3.0])))
def climbs_every_step(submission, stairs):
    """At 5 % of the smallest gap from any edge the output is the height of its step."""
    demand_steps(submission.staircase(*stairs), *stairs)
