"""Backpropagation: credit assignment through any number of layers.

`layers` is a list of pairs (W, b): W is (fan_in, fan_out), b is (fan_out,). Every layer is followed
by a sigmoid. Further symbols are the lecture's: x input, y prediction, t ground truth, E mean
error, N samples, D inputs, H hidden units, K outputs. Arrays come as float64 or int64 and are never
changed: new layers are new arrays.
"""

import numpy as np


# Both are given, so that a mistake in `neuron` or `losses` does not cost points again here (and so
# handed out when those two are due).
def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def softmax(logits):
    """Given: the softmax of each row of an (N, K) array."""
    return np.exp(logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True, dtype=np.float64))


def forward(x, layers):
    """Run samples through the network and keep every layer's activations.

    Args:
        x: float64 or int64 (N, D), one sample a row.
        layers: list of (W, b), float64 or int64.

    Returns:
        list of len(layers) + 1 arrays [x, a1, ..., y]: the input, then each layer's
        sigmoid(input of the layer · W + b), float64 (N, fan_out).

    What must hold:
        The input comes first, the prediction last, and each sigmoid is applied once. A sample's
        activations do not depend on the other samples.

    Example:
        >>> hidden = (np.array([[2, 0], [0, 2]]), np.array([-2, 0]))
        >>> layers = [hidden, (np.array([[1], [1]]), np.array([-1]))]
        >>> x, a1, y = forward(np.array([[1, 0]]), layers)
        >>> a1.tolist(), y.tolist()
        ([[0.5, 0.5]], [[0.5]])

    Source:
        The lecture's slides "Training a neuron: forward pass" and "Neural network architecture";
        Goodfellow, Bengio and Courville, Deep Learning, section 6.5.
    """
    raise NotImplementedError("forward is not written yet")


def network_error(y, t):
    """Sum the squared errors over the outputs and average them over the samples.

    Args:
        y: float64 or int64 (N, K), predictions.
        t: float64 or int64 (N, K), ground truth.

    Returns:
        float: E = (1/N) sum_n sum_k (y_nk - t_nk)^2.

    What must hold:
        Divided by N, not by N·K: a second output that is as wrong as the first doubles E.

    Example:
        >>> network_error(np.array([[1.0, 0.5], [0.0, 0.5]]), np.array([[0, 1], [0, 1]]))
        0.75

    Source:
        The lecture's slide "Loss function: mean squared error", for K outputs.
    """
    raise NotImplementedError("network_error is not written yet")


def backward(activations, layers, t):
    """Propagate the error back through the network: the gradient of E by every weight and bias.

    Args:
        activations: list [x, a1, ..., y] as forward(x, layers) returned it.
        layers: list of (W, b), float64 or int64, any number of them.
        t: float64 or int64 (N, K), ground truth.

    Returns:
        list of (dW, db), one pair a layer in the order of layers, each with the shape of its W
        and b: the derivatives of E = network_error(y, t).

    What must hold:
        Equal to the numerical gradient of E, in every block, for one layer as for many, and for
        N, D, H and K that all differ. Neither activations nor layers are changed.

    Example:
        >>> hidden = (np.array([[2, 0], [0, 2]]), np.array([-2, 0]))
        >>> layers = [hidden, (np.array([[1], [1]]), np.array([-1]))]
        >>> x, t = np.array([[1, 0]]), np.array([[1]])
        >>> (dW1, db1), (dW2, db2) = backward(forward(x, layers), layers, t)
        >>> dW2.tolist(), db2.tolist()
        ([[-0.125], [-0.125]], [-0.25])
        >>> dW1.tolist(), db1.tolist()
        ([[-0.0625, -0.0625], [0.0, 0.0]], [-0.0625, -0.0625])

    Source:
        The lecture's slide "Backpropagation: solving the credit assignment problem"; Goodfellow,
        Bengio and Courville, Deep Learning, section 6.5.
    """
    raise NotImplementedError("backward is not written yet")


def update(layers, gradients, learning_rate):
    """Move every weight and bias a step against its gradient.

    Args:
        layers: list of (W, b), float64 or int64.
        gradients: list of (dW, db) with the same shapes.
        learning_rate: float.

    Returns:
        list of (W, b), float64: new layers in new arrays.

    What must hold:
        Linear in the learning rate, for weights and biases alike; the old layers stay as they were.

    Example:
        >>> [(W, b)] = update([(np.array([[1]]), np.array([2]))], [(np.eye(1), np.ones(1))], 0.5)
        >>> W.tolist(), b.tolist()
        ([[0.5]], [1.5])

    Source:
        The lecture's slide "Neural network single layer training", for every layer.
    """
    raise NotImplementedError("update is not written yet")


def softmax_cross_entropy_gradient(logits, t):
    """Differentiate the mean cross-entropy of softmax(logits) by the logits.

    Args:
        logits: float64 or int64 (N, K).
        t: float64 or int64 (N, K), ground truth; one-hot, or soft with rows that sum to 1.

    Returns:
        float64 (N, K): the gradient of -(1/N) sum_n sum_k t_nk log softmax(logits)_nk.

    What must hold:
        Equal to the numerical gradient. Each row sums to 0, and is 0 where softmax(logits) is t.

    Example:
        >>> softmax_cross_entropy_gradient(np.zeros((1, 2)), np.array([[1, 0]])).round(6).tolist()
        [[-0.5, 0.5]]

    Source:
        The lecture's slides "Softmax function" and "Cross entropy", joined by the chain rule;
        Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.3.
    """
    raise NotImplementedError("softmax_cross_entropy_gradient is not written yet")
