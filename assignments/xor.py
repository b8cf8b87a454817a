"""XOR: a network that learns its own features.

`layers` is a list of pairs (W, b): W is (fan_in, fan_out), b is (fan_out,). Unless it says
otherwise every layer is followed by a sigmoid. E = (1/N) sum_n sum_k (y_nk - t_nk)^2. Arrays come
as float64 or int64 and are never changed: new layers are new arrays.
"""

import numpy as np

# The four points and the exclusive or of their coordinates.
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


# The next three are given, so that a mistake in `backprop` does not cost points again here. Since
# they answer, in another shape, what `backprop` asks, hand this file out when that one is due.
def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def outputs(x, layers):
    """Given: what the last of these layers says of x, (N, K); x itself if there is no layer."""
    for weights, biases in layers:
        x = sigmoid(np.dot(x, weights) + biases)
    return x


def error_and_gradients(x, layers, t):
    """Given: E, and the list of its (dW, db), one pair a layer."""

    def through(signal, remaining):
        # The rest of the network is a function of this layer's signal: ask it for E, for E's
        # slope by that signal, and for its own gradients.
        if not remaining:
            miss = signal - t
            return np.sum(miss * miss) / len(t), 2 * miss / len(t), []
        weights, biases = remaining[0]
        answer = sigmoid(np.dot(signal, weights) + biases)
        total, slope, later = through(answer, remaining[1:])
        slope = slope * answer * (1 - answer)
        own = (np.dot(np.transpose(signal), slope), np.sum(slope, axis=0))
        return total, np.dot(slope, np.transpose(weights)), [own, *later]

    total, _, pairs = through(np.asarray(x), list(layers))
    return float(total), pairs


def initialize(sizes, seed):
    """Draw the initial weights of a network at random.

    Args:
        sizes: tuple of ints, the units of each layer from the input on, such as (2, 4, 1).
        seed: int, 0 <= seed < 2**31.

    Returns:
        list of len(sizes) - 1 pairs (W, b), float64, W (fan_in, fan_out) and b (fan_out,).

    What must hold:
        The same seed gives the same layers, another seed another W. In each W no two columns are
        within 1e-9 of one another: units that start equal stay equal. Biases are anything finite.
        numpy's global random generator is left alone.

    Example:
        >>> [(W.shape, b.shape) for W, b in initialize((2, 4, 1), seed=0)]
        [((2, 4), (4,)), ((4, 1), (1,))]

    Source:
        The lecture's slide "Neural network architecture"; Goodfellow, Bengio and Courville, Deep
        Learning, section 8.4.
    """
    raise NotImplementedError("initialize is not written yet")


def train(x, t, layers, learning_rate, iterations):
    """Train a network by backpropagation on the whole batch.

    Each iteration measures E, appends it to the losses, and then updates every layer.

    Args:
        x: float64 or int64 (N, D), one sample a row.
        t: float64 or int64 (N, K), ground truth.
        layers: list of (W, b), float64 or int64, the initial layers.
        learning_rate: float.
        iterations: int; 0 is allowed.

    Returns:
        (layers, losses): the layers after the last update, a list of (W, b); the values of E, a
        list of `iterations` floats.

    What must hold:
        losses[0] belongs to the initial layers, which stay as they were. Training 2 and then 3
        iterations is training 5.

    Example:
        >>> hidden = (np.array([[1, -1], [1, -1]]), np.array([0, 1]))
        >>> start = [hidden, (np.array([[1], [1]]), np.array([0]))]
        >>> layers, losses = train(X, T, start, learning_rate=0.5, iterations=3)
        >>> [round(loss, 4) for loss in losses]
        [0.3195, 0.3111, 0.3031]

    Source:
        The lecture's slides "Multiple layers are important: XOR" and "Backpropagation".
    """
    raise NotImplementedError("train is not written yet")


def classify(x, layers):
    """Decide for each sample: 1 or 0.

    Args:
        x: float64 or int64 (N, D), one sample a row.
        layers: list of (W, b), float64 or int64; the last one has a single unit.

    Returns:
        int64 (N,): 1 where the network's y > 0.5, else 0.

    What must hold:
        y = 0.5 is no 1. A sample's class does not depend on the other samples.

    Example:
        >>> classify(np.array([[3], [2], [1]]), [(np.array([[1]]), np.array([-2]))]).tolist()
        [1, 0, 0]

    Source:
        The lecture's slide "Multiple layers are important: XOR".
    """
    raise NotImplementedError("classify is not written yet")


def solve_xor(seed):
    """Learn XOR from a random start.

    Args:
        seed: int, 0 <= seed < 2**31.

    Returns:
        list of (W, b), of sizes of your own choosing: a trained network with two inputs and one
        output, every layer followed by a sigmoid.

    What must hold:
        All four points of X are classified as T says. The first start is initialize(sizes, seed);
        restarts and the method of training are free. The same seed gives the same layers, and
        10 s are enough.

    Example:
        >>> classify(X, solve_xor(seed=0)).tolist()
        [0, 1, 1, 0]

    Source:
        The lecture's slide "Multiple layers are important: XOR"; Goodfellow, Bengio and Courville,
        Deep Learning, section 6.1.
    """
    raise NotImplementedError("solve_xor is not written yet")


def hidden_features(x, layers):
    """Look at the features that the network has learned: the activations before its output layer.

    Args:
        x: float64 or int64 (N, D), one sample a row.
        layers: list of (W, b), float64 or int64.

    Returns:
        float64 (N, H): the activations of the last hidden layer; x itself if there is but one
        layer.

    What must hold:
        They are activations, so they lie between 0 and 1 (unless they are x itself); the output
        layer alone turns them into the network's prediction.

    Example:
        >>> hidden = (np.array([[2, 0], [0, 2]]), np.array([-2, 0]))
        >>> layers = [hidden, (np.array([[1], [1]]), np.array([-1]))]
        >>> hidden_features(np.array([[1, 0]]), layers).tolist()
        [[0.5, 0.5]]

    Source:
        The lecture's slide "Multiple layers with non-linearity".
    """
    raise NotImplementedError("hidden_features is not written yet")


def count_layers(layers):
    """Count the layers as the lecture does: hidden layers and the output layer, not the input.

    Args:
        layers: list of (W, b).

    Returns:
        int: the number of layers.

    What must hold:
        A network without a hidden layer has one.

    Example:
        >>> count_layers(initialize((2, 4, 1), seed=0))
        2

    Source:
        The lecture's slide "Neural network architecture".
    """
    raise NotImplementedError("count_layers is not written yet")


def count_parameters(layers):
    """Count what the network can learn: all weights and all biases.

    Args:
        layers: list of (W, b).

    Returns:
        int: the number of weights and biases.

    What must hold:
        A layer has fan_in · fan_out weights and fan_out biases; inputs have no bias.

    Example:
        >>> count_parameters(initialize((2, 4, 1), seed=0))
        17

    Source:
        The lecture's slide "Neural network architecture" (fully connected).
    """
    raise NotImplementedError("count_parameters is not written yet")


def merge_linear(layers):
    """Merge a stack of layers without sigmoids into the one linear layer that equals it.

    Args:
        layers: list of (W, b), float64 or int64, at least one.

    Returns:
        (W, b): float64, W (inputs of the first layer, outputs of the last one) and b (outputs of
        the last one,).

    What must hold:
        For every x the one layer x·W + b gives what the layers give one after the other: depth
        alone, without a non-linearity, adds nothing.

    Example:
        >>> layers = [(np.array([[1, 2]]), np.array([0, 1])), (np.array([[3], [4]]), np.array([5]))]
        >>> W, b = merge_linear(layers)
        >>> W.tolist(), b.tolist()
        ([[11.0]], [9.0])

    Source:
        The lecture's slide "Multiple layers with non-linearity"; Goodfellow, Bengio and Courville,
        Deep Learning, section 6.1.
    """
    raise NotImplementedError("merge_linear is not written yet")


def staircase(edges, heights):
    """Build, without training, a network that computes a staircase: universal approximation.

    Args:
        edges: float64 or int64 (M,), increasing: where the steps are. At least one.
        heights: float64 or int64 (M + 1,): the height left of edges[0], between the edges, and
            right of edges[M - 1].

    Returns:
        [(W1, b1), (W2, b2)], float64, of shapes (1, M), (M,), (M, 1) and (1,): M hidden units with
        sigmoids, and a LINEAR output, sigmoid(x·W1 + b1)·W2 + b2.

    What must hold:
        Let the gap be the smallest distance between two edges (1 if M = 1). At every x that is at
        least 5 % of the gap away from every edge, the output is within 1e-3 · max|difference of
        neighbouring heights| of the height of x's step.

    Example:
        >>> (W1, b1), (W2, b2) = staircase(np.array([0, 1]), np.array([2, 5, 3]))
        >>> x = np.array([[-0.5], [0.5], [1.5]])
        >>> (sigmoid(x @ W1 + b1) @ W2 + b2).round(3).tolist()
        [[2.0], [5.0], [3.0]]

    Source:
        The lecture's slide "Multiple layers are important: XOR" (a network with one hidden layer is
        a universal function approximator); Goodfellow, Bengio and Courville, Deep Learning, section
        6.4.1; Nielsen, Neural Networks and Deep Learning, chapter 4.
    """
    raise NotImplementedError("staircase is not written yet")
