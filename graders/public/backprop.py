"""Public checks: credit assignment through layers."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given

from chainrule.grading import Array, Function, Number, check, expect, passed_on

from ..inputs import class_predictions, learning_rates
from ..networks import (
    ALIKE,
    DEEPER,
    TWO_LAYERS,
    activation_forms,
    block_names,
    fixed_problem,
    layer_forms,
    logit_batches,
    network_pairs,
    problems,
    relabelled,
)

TITLE = "Credit assignment through layers"
FUNCTIONS = (
    Function("forward", points=6, returns=lambda x, layers: activation_forms(x, layers, Array)),
    Function("network_error", points=3, returns=lambda y, t: Number()),
    Function(
        "backward",
        points=12,
        returns=lambda activations, layers, t: layer_forms(layers, Array),
    ),
    Function(
        "update",
        points=3,
        returns=lambda layers, gradients, learning_rate: layer_forms(layers, Array),
        new_arrays=True,
    ),
    Function(
        "softmax_cross_entropy_gradient",
        points=6,
        returns=lambda logits, t: Array(*logits.shape),
    ),
)
WITH_HIDDEN_UNITS = (*TWO_LAYERS, *DEEPER)


@check("forward", points=2, hint="Each layer's input is the activation of the layer before it.")
def passes_three_samples_on(submission):
    """A network of sizes 2-4-1 turns three samples into the right activations."""
    x = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]])
    W1 = np.array([[1.0, -1.0, 0.5, 0.0], [0.5, 2.0, -1.0, -0.5]])
    W2 = np.array([[1.0], [-2.0], [1.5], [0.5]])
    layers = [(W1, np.array([-1.0, 0.5, 1.0, 0.25])), (W2, np.array([0.5]))]
    hidden = [
        [0.731058578630, 0.970687769249, 0.377540668798, 0.320821300825],
        [0.182425523806, 0.182425523806, 0.880797077978, 0.679178699175],
        [0.924141819979, 0.377540668798, 0.817574476194, 0.437823499114],
    ]
    y = [[0.504101081464], [0.878506169083], [0.892288576119]]
    names = ["the input x", "the activations of layer 1", "the activations of layer 2"]
    want = [x, np.array(hidden), np.array(y)]
    expect(submission.forward(x, layers), want, names=names)


@check("forward", hint="Does every layer have its own sigmoid, the first as well as the last?")
@given(problem=problems((*WITH_HIDDEN_UNITS, *ALIKE)))
@example(problem=fixed_problem(2, (3, 2, 2)))
def first_layers_do_not_look_ahead(submission, problem):
    """The first layer's activations are the same with and without the layers after it."""
    x, layers, _ = problem
    alone = submission.forward(x, layers[:1])
    names = ["the input x", "the activations of layer 1"]
    expect(submission.forward(x, layers)[:2], alone, names=names)


@check("forward", hint="Which axis of W belongs to a layer's inputs, and which to its units?")
@given(problem=problems(WITH_HIDDEN_UNITS))
@example(problem=fixed_problem(2, (2, 5, 1)))
def order_of_hidden_units_is_free(submission, problem):
    """Renumbering the hidden units renumbers their activations and leaves the output as it is."""
    x, layers, _ = problem
    plain = submission.forward(x, layers)
    turned = submission.forward(x, relabelled(layers))
    expect(turned, [plain[0], np.roll(plain[1], 1, axis=1), *plain[2:]])


@check("network_error", points=2, hint="Add up over a sample's outputs; average over samples.")
def averages_over_samples(submission):
    """Two samples with the squared errors 0.06 and 0.02 have the error 0.04."""
    y = np.array([[0.9, 0.2, 0.1], [0.4, 0.6, 0.0]])
    t = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])
    expect(submission.network_error(y, t), 0.04)


@check("network_error", hint="What does the factor in front of the sum depend on?")
@given(scores=class_predictions())
def is_the_mean_of_single_samples(submission, scores):
    """The error of a batch is the mean of the errors that its samples have alone."""
    y, t = scores
    alone = [submission.network_error(y[n : n + 1], t[n : n + 1]) for n in range(len(t))]
    expect(submission.network_error(y, t), float(np.mean(alone)))


@check("backward", points=2, hint="Chain rule: dE/dy, then dy/da, then da/dW and da/db.")
def follows_the_chain_rule_in_one_layer(submission):
    """A network of one layer has the right gradients for two samples."""
    x = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0]])
    layers = [(np.array([[0.5], [-1.0], [0.25]]), np.array([1.0]))]
    y = np.array([[0.320821300825], [0.679178699175]])
    activations = passed_on(submission.forward, lambda *_: [x, y], x, layers)
    dW = np.array([[-0.14798963842], [-0.20246338686], [0.428537308359]])
    want = [(dW, np.array([-0.05447374844]))]
    gradients = submission.backward(activations, layers, np.array([[1.0], [0.25]]))
    expect(gradients, want, label="the gradient", names=block_names(layers, "d"))


@check("backward", points=3, hint="What a hidden unit is to blame for reaches it through W2.")
def shares_the_blame_out_in_two_layers(submission):
    """A network of sizes 2-3-1 has the right gradients in both layers for four samples."""
    x = np.array([[1.0, 0.5], [-1.0, 2.0], [0.5, -0.5], [0.0, 1.5]])
    W1, b1 = np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0]]), np.array([0.5, -0.5, 1.0])
    layers = [(W1, b1), (np.array([[1.0], [-2.0], [1.5]]), np.array([0.5]))]
    hidden = [
        [0.851952801968, 0.377540668798, 0.731058578630],
        [0.622459331202, 0.989013057369, 0.182425523806],
        [0.679178699175, 0.119202922022, 0.851952801968],
        [0.777299861175, 0.924141819979, 0.377540668798],
    ]
    y = [[0.844678554188], [0.358488967166], [0.901916435517], [0.498831808229]]
    right = [x, np.array(hidden), np.array(y)]
    activations = passed_on(submission.forward, lambda *_: right, x, layers)
    dW1 = [
        [0.023851299491, -0.027190489628, 0.032433682976],
        [-0.014512788073, -0.023384393173, 0.008545387176],
    ]
    db1 = [-0.000498038604, -0.032271212358, 0.020997642046]
    dW2, db2 = [[0.046811117232], [0.00507062777], [0.046895797112]], [0.03965913029]
    want = [(np.array(dW1), np.array(db1)), (np.array(dW2), np.array(db2))]
    gradients = submission.backward(activations, layers, np.array([[0.0], [1.0], [1.0], [0.0]]))
    expect(gradients, want, label="the gradient", names=block_names(layers, "d"))


@check("backward", hint="E is a mean over the samples. So is its gradient.", after=["forward"])
@given(problem=problems(WITH_HIDDEN_UNITS))
@example(problem=fixed_problem(2, (2, 3, 4)))
def batches_count_by_their_samples(submission, problem):
    """The gradient of a batch is the mean of its parts' gradients, weighted by their samples."""
    x, layers, t = problem
    whole = submission.backward(submission.forward(x, layers), layers, t)
    first = submission.backward(submission.forward(x[:1], layers), layers, t[:1])
    rest = submission.backward(submission.forward(x[1:], layers), layers, t[1:])
    share = 1 / len(x)
    want = [
        tuple(share * one + (1 - share) * many for one, many in zip(*pairs, strict=True))
        for pairs in zip(first, rest, strict=True)
    ]
    expect(whole, want, label="the gradient of the batch", names=block_names(layers, "d"))


@check("backward", hint="Which row and column of W belong to one unit?", after=["forward"])
@given(problem=problems(WITH_HIDDEN_UNITS))
@example(problem=fixed_problem(2, (2, 4, 1)))
def order_of_hidden_units_does_not_matter(submission, problem):
    """Renumbering the hidden units renumbers their gradients alike and changes nothing else."""
    x, layers, t = problem
    turned = relabelled(layers)
    plain = submission.backward(submission.forward(x, layers), layers, t)
    got = submission.backward(submission.forward(x, turned), turned, t)
    expect(got, relabelled(plain), label="the gradient", names=block_names(layers, "d"))


@check("backward", hint="Which weights lead from this unit to the error?", after=["forward"])
@given(problem=problems(TWO_LAYERS))
def unit_without_influence_bears_no_blame(submission, problem):
    """A hidden unit whose outgoing weights are all 0 gets a gradient of 0."""
    x, (first, (W2, b2)), t = problem
    muted = W2.copy()
    muted[0] = 0.0
    layers = [first, (muted, b2)]
    (dW1, db1), _ = submission.backward(submission.forward(x, layers), layers, t)
    want = (np.zeros(x.shape[1]), 0.0)
    expect((dW1[:, 0], db1[0]), want, names=["dW of the unit", "db of the unit"])


@check("update", points=2, hint="Gradients point uphill.")
def steps_against_the_gradient(submission):
    """Weights and biases of two layers move by the learning rate times their gradients."""
    layers = [
        (np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([0.5, -1.0])),
        (np.array([[2.0], [-1.0]]), np.array([1.5])),
    ]
    gradients = [
        (np.array([[0.5, 1.0], [-1.0, 0.25]]), np.array([2.0, -0.5])),
        (np.array([[-0.5], [1.0]]), np.array([0.25])),
    ]
    want = [
        (np.array([[0.8, -2.4], [0.9, 2.9]]), np.array([-0.3, -0.8])),
        (np.array([[2.2], [-1.4]]), np.array([1.4])),
    ]
    got = submission.update(layers, gradients, 0.4)
    expect(got, want, label="the new network", names=block_names(layers))


@check("update", hint="How far does one step go? What is it proportional to?")
@given(pair=network_pairs(), rate=learning_rates())
def step_grows_with_the_learning_rate(submission, pair, rate):
    """The step is proportional to the learning rate, and none at all for a rate of 0."""
    layers, gradients = pair
    names = block_names(layers)
    stay = submission.update(layers, gradients, 0.0)
    once = submission.update(layers, gradients, rate)
    twice = submission.update(layers, gradients, 2 * rate)
    expect(stay, layers, label="the network after a rate of 0", names=names)
    half = [((W + V) / 2, (b + c) / 2) for (W, b), (V, c) in zip(layers, twice, strict=True)]
    expect(once, half, label="the network after half the step", names=names)


@check("softmax_cross_entropy_gradient", points=2, hint="Two chain-rule factors simplify a lot.")
def meets_a_worked_example(submission):
    """Two samples, one with a soft target, have the right gradient of their mean cross-entropy."""
    logits = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
    t = np.array([[0.0, 1.0, 0.0], [0.5, 0.25, 0.25]])
    want = [
        [0.115611948811, -0.185734140394, 0.070122191583],
        [-0.226693688711, -0.116426087227, 0.343119775938],
    ]
    expect(submission.softmax_cross_entropy_gradient(logits, t), np.array(want))


@check("softmax_cross_entropy_gradient", hint="Raise all logits of a row: does the loss change?")
@given(batch=logit_batches())
def each_row_sums_to_zero(submission, batch):
    """The gradients of a sample's logits sum to 0: what one class gains, others lose."""
    got = submission.softmax_cross_entropy_gradient(batch.logits, batch.t)
    expect(got.sum(axis=1), np.zeros(len(got)), label="the sum of each row")
