"""One neuron, forward: inputs, weights, an activation function, an error.

Symbols are the lecture's: x input, w weights, a = x·w pre-activation, y prediction, t ground truth,
e per-sample error, N samples, D inputs. Arrays come as float64 or int64 and are never changed.

The lecture's listing writes the sigmoid as `1/1+math.e**(-v)`. Python reads that as
(1/1) + e^-v, which is no sigmoid.
"""

import numpy as np


def sigmoid(a):
    """Squash a pre-activation into (0, 1).

    Args:
        a: float64 or int64 of any shape; a scalar too.

    Returns:
        float64, the shape of a: 1 / (1 + exp(-a)).

    What must hold:
        sigmoid(0) is 1/2, and sigmoid(-a) is 1 - sigmoid(a). Finite and without a warning for
        |a| up to 1e4.

    Example:
        >>> sigmoid(np.array([-10000, 0, 10000])).tolist()
        [0.0, 0.5, 1.0]
        >>> round(float(sigmoid(np.log(3))), 10)
        0.75

    Source:
        The lecture's slide "Forward-pass with error calculations"; Goodfellow, Bengio and
        Courville, Deep Learning, section 3.10.
    """
    raise NotImplementedError("sigmoid is not written yet")


def sigmoid_derivative(a):
    """Differentiate the sigmoid at a pre-activation.

    Args:
        a: float64 or int64 of any shape; a scalar too. The pre-activation, not sigmoid(a).

    Returns:
        float64, the shape of a: d sigmoid(a) / da.

    What must hold:
        1/4 at 0, the same at a and -a, never negative, and equal to the slope of sigmoid. Finite
        and without a warning for |a| up to 1e4.

    Example:
        >>> sigmoid_derivative(np.array([-10000, 0, 10000])).tolist()
        [0.0, 0.25, 0.0]
        >>> round(float(sigmoid_derivative(np.log(3))), 10)
        0.1875

    Source:
        The lecture's slide "Delta rule for a single weight": dy/da = (1 - y) y.
    """
    raise NotImplementedError("sigmoid_derivative is not written yet")


def predict(x, w):
    """Compute the neuron's prediction for each sample.

    Args:
        x: float64 or int64 (N, D), one sample a row. Its first column is the bias input, whatever
            its value; nothing is added to x.
        w: float64 or int64 (D,), weights; w[0] is the bias.

    Returns:
        float64 (N,): y = sigmoid(x·w).

    What must hold:
        A sample's prediction does not depend on the other samples; zero weights predict 1/2.

    Example:
        The lecture's four points and initial weights:

        >>> x = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
        >>> predict(x, np.array([1, -1, 1])).round(4).tolist()
        [0.6682, 0.8808, 0.475, 0.8022]

    Source:
        The lecture's slide "Forward-pass with error calculations".
    """
    raise NotImplementedError("predict is not written yet")


def forward_pass(x, w, t, loss="mse"):
    """Predict every sample and measure how wrong each prediction is.

    Args:
        x: float64 or int64 (N, D), one sample a row, the bias input in the first column.
        w: float64 or int64 (D,), weights.
        t: float64 or int64 (N,), ground truth in [0, 1].
        loss: "mse" for squared errors, "bce" for binary cross-entropies in nats.

    Returns:
        (y, e, total_e): predictions, float64 (N,); errors of the single samples, float64 (N,);
        their mean, float.

    Raises:
        ValueError: loss is neither "mse" nor "bce".

    What must hold:
        y is predict(x, w) and total_e is the mean of e. For "bce" the edge rules of
        binary_cross_entropy hold: 0 log 0 counts 0, and a confident wrong answer costs +inf or a
        number above 10.

    Example:
        The lecture's four points, its initial weights and both of its losses:

        >>> x = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
        >>> y, e, total_e = forward_pass(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1]))
        >>> e.round(4).tolist(), round(total_e, 4)
        ([0.4465, 0.7758, 0.2256, 0.0391], 0.3718)
        >>> y, e, total_e = forward_pass(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1]), "bce")
        >>> e.round(4).tolist(), round(total_e, 4)
        ([1.1032, 2.1269, 0.6444, 0.2204], 1.0237)

    Source:
        The lecture's two slides "Forward-pass with error calculations".
    """
    raise NotImplementedError("forward_pass is not written yet")
