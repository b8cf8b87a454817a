"""The delta rule: one neuron learns by gradient descent.

Symbols are the lecture's: x input, w weights, a = x·w pre-activation, y = sigmoid(a) prediction,
t ground truth, E mean error, N samples, D inputs. Arrays come as float64 or int64 and are never
changed: new weights are new arrays.

The lecture's training listing has three faults beside its sigmoid: the update stands outside the
loop over the samples, so that only the last one teaches; it writes `W` for `w`; and it reuses the
loop variable `d`. What is asked for here is what the listing means.
"""

import numpy as np


# Given, so that a mistake in `neuron` does not cost points again here (and so handed out when
# `neuron` is due). This form needs no care with overflow: tanh saturates by itself.
def sigmoid(a):
    """Given: 1 / (1 + exp(-a)) for an array of any shape, or a scalar."""
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def numerical_gradient(f, w, h=1e-5):
    """Approximate a gradient by central differences.

    Args:
        f: function from a float64 array with the shape of w to a float.
        w: float64 or int64 of any shape, the point at which to differentiate.
        h: float, the step to either side.

    Returns:
        float64, the shape of w: (f(w + h) - f(w - h)) / 2h, one entry of w moved at a time.

    What must hold:
        f is called at most 2 * w.size + 1 times. w is not changed, not even while f runs. Exact up
        to rounding for quadratic f, which the one-sided difference is not.

    Example:
        >>> numerical_gradient(lambda w: np.sum(w**3), np.array([1, 2])).round(6).tolist()
        [3.0, 12.0]

    Source:
        The lecture's slide "Neural network single layer training"; Goodfellow, Bengio and
        Courville, Deep Learning, section 11.5.
    """
    raise NotImplementedError("numerical_gradient is not written yet")


def error_gradient(y, t):
    """Differentiate the squared error by the prediction.

    Args:
        y: float64 or int64 of any shape, predictions; a scalar too.
        t: float64 or int64, ground truth, the shape of y.

    Returns:
        float64, the shape of y: dE/dy of E = (y - t)^2, element by element.

    What must hold:
        Positive where the prediction is too large, 0 where it is right; linear in y - t.

    Example:
        >>> error_gradient(np.array([0.75, 0.5]), np.array([1, 0])).tolist()
        [-0.5, 1.0]

    Source:
        The lecture's slide "Delta rule for a single weight": dE/dy = 2(y - t).
    """
    raise NotImplementedError("error_gradient is not written yet")


def delta_rule(x, w, t):
    """Differentiate one sample's squared error by the weights.

    Args:
        x: float64 or int64 (D,), ONE sample, the bias input first.
        w: float64 or int64 (D,), weights.
        t: float or int, its ground truth.

    Returns:
        float64 (D,): dE/dw = (dE/dy) (dy/da) (da/dw).

    What must hold:
        Equal to the numerical gradient of (sigmoid(x·w) - t)^2. An input of 0 gives its weight no
        gradient.

    Example:
        The last of the lecture's four points:

        >>> delta_rule(np.array([1, 1.1, 1.5]), np.array([1, -1, 1]), 1).round(4).tolist()
        [-0.0628, -0.0691, -0.0942]

    Source:
        The lecture's slide "Delta rule for a single weight, one training sample".
    """
    raise NotImplementedError("delta_rule is not written yet")


def batch_gradient(x, w, t):
    """Differentiate the mean squared error over all samples by the weights.

    Args:
        x: float64 or int64 (N, D), one sample a row, the bias input in the first column.
        w: float64 or int64 (D,), weights.
        t: float64 or int64 (N,), ground truth.

    Returns:
        float64 (D,): dE/dw of E = (1/N) sum_n (y_n - t_n)^2.

    What must hold:
        The mean, not the sum, of the samples' delta rules; their order does not matter, and giving
        every sample twice changes nothing.

    Example:
        The lecture's four points:

        >>> x = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
        >>> batch_gradient(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1])).round(4).tolist()
        [0.1638, 0.0566, 0.0092]

    Source:
        The lecture's slides "Delta rule" and "Loss function" (the average over all training
        samples); Goodfellow, Bengio and Courville, Deep Learning, section 8.1.3.
    """
    raise NotImplementedError("batch_gradient is not written yet")


def gradient_step(w, gradient, learning_rate):
    """Move the weights a step against the gradient.

    Args:
        w: float64 or int64 of any shape, weights.
        gradient: float64 or int64, the shape of w.
        learning_rate: float, the lecture's gamma.

    Returns:
        float64, the shape of w: the new weights, in a new array.

    What must hold:
        Linear in the learning rate; a learning rate or a gradient of 0 moves nothing.

    Example:
        >>> gradient_step(np.array([1, -1]), np.array([0.5, 0.0]), 0.5).tolist()
        [0.75, -1.0]

    Source:
        The lecture's slide "Neural network single layer training"; Goodfellow, Bengio and
        Courville, Deep Learning, section 4.3.
    """
    raise NotImplementedError("gradient_step is not written yet")


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    """Train one neuron by gradient descent on the whole batch.

    Each iteration measures the mean squared error, appends it to the losses, stops if it is
    <= tolerance, and otherwise updates the weights.

    Args:
        x: float64 or int64 (N, D), one sample a row, the bias input in the first column.
        w: float64 or int64 (D,), initial weights.
        t: float64 or int64 (N,), ground truth.
        learning_rate: float.
        iterations: int, the most iterations to make; 0 is allowed.
        tolerance: float, the mean squared error at which to stop.

    Returns:
        (w, losses): the weights after the last update, float64 (D,); the mean squared errors, a
        list of at most `iterations` floats.

    What must hold:
        losses[0] belongs to the initial weights. Training 2 and then 3 iterations is training 5.
        When it stops early, the returned weights are those that reached the last loss.

    Example:
        The lecture's four points:

        >>> x = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
        >>> w, losses = train_neuron(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1]), 0.5, 3)
        >>> [round(loss, 4) for loss in losses]
        [0.3718, 0.357, 0.3434]

    Source:
        The lecture's slide "Forward-pass and backward-pass"; Goodfellow, Bengio and Courville,
        Deep Learning, section 4.3.
    """
    raise NotImplementedError("train_neuron is not written yet")


def train_neuron_online(x, w, t, learning_rate, epochs):
    """Train one neuron by an update after every sample, in order.

    Args:
        x: float64 or int64 (N, D), one sample a row, the bias input in the first column.
        w: float64 or int64 (D,), initial weights.
        t: float64 or int64 (N,), ground truth.
        learning_rate: float.
        epochs: int, the number of passes over the samples; 0 is allowed.

    Returns:
        (w, losses): the weights after the last update, float64 (D,); one float an epoch, the mean
        of its squared errors, each measured before the sample's own update.

    What must hold:
        Every sample teaches, and the next one is predicted by the weights it left. With one sample
        it is train_neuron.

    Example:
        The lecture's four points:

        >>> x = np.array([[1, .1, -.2], [1, -.1, .9], [1, 1.2, .1], [1, 1.1, 1.5]])
        >>> w, losses = train_neuron_online(x, np.array([1, -1, 1]), np.array([0, 0, 0, 1]), 0.5, 2)
        >>> [round(loss, 4) for loss in losses]
        [0.3657, 0.3256]

    Source:
        The lecture's slide "Forward-pass and backward-pass", as it was meant; Goodfellow, Bengio
        and Courville, Deep Learning, section 5.9.
    """
    raise NotImplementedError("train_neuron_online is not written yet")
