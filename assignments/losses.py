"""Losses: a canonical representation, and how wrong a prediction is.

Symbols are the lecture's: y prediction, t ground truth, N samples, K classes. Arrays come as
float64 or int64 and are never changed.
"""

import math

import numpy as np


def one_hot(labels, num_classes):
    """Encode class labels as rows with a single 1.

    Args:
        labels: int64 (N,), each in [0, num_classes).
        num_classes: int, K; a class may be absent from the labels.

    Returns:
        float64 (N, K): row n is 1 in column labels[n] and 0 elsewhere.

    Raises:
        ValueError: a label is negative, or num_classes or more.

    What must hold:
        Every row sums to 1, and its argmax gives the label back.

    Example:
        >>> one_hot(np.array([2, 0]), 3).tolist()
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]

    Source:
        The lecture's slide "Loss function: one-hot encoding".
    """
    raise NotImplementedError("one_hot is not written yet")


def softmax(logits):
    """Normalise logits into a categorical distribution over the classes.

    Args:
        logits: float64 or int64 (N, K), one sample a row, or (K,), one sample.

    Returns:
        float64, the shape of logits: exp(z_k) / sum_j exp(z_j) within each sample.

    What must hold:
        Each row sums to 1. Adding one number to all logits of a row changes nothing. Everything is
        finite for |logits| up to 1e4, also when the rows differ wildly in size.

    Example:
        >>> softmax(np.array([[0, 0], [1000, 0]])).tolist()
        [[0.5, 0.5], [1.0, 0.0]]
        >>> softmax(np.log(np.array([1, 2, 5]))).round(6).tolist()
        [0.125, 0.25, 0.625]

    Source:
        The lecture's slide "Loss function: softmax function"; Goodfellow, Bengio and Courville,
        Deep Learning, sections 4.1 and 6.2.2.3.
    """
    raise NotImplementedError("softmax is not written yet")


def mean_squared_error(y, t):
    """Average the squared difference between predictions and ground truth.

    Args:
        y: float64 or int64 (N,), predictions.
        t: float64 or int64 (N,), ground truth.

    Returns:
        float: (1/N) sum_n (y_n - t_n)^2.

    Raises:
        ValueError: the shapes of y and t differ; nothing is broadcast.

    What must hold:
        Never negative, and 0 only where y equals t; errors of +1 and -1 do not cancel.

    Example:
        The slide's first class, which it rounds to 0.98:

        >>> round(mean_squared_error(np.array([0.01]), np.array([1.0])), 10)
        0.9801

    Source:
        The lecture's slide "Loss function: mean squared error"; Goodfellow, Bengio and Courville,
        Deep Learning, section 5.1.4.
    """
    raise NotImplementedError("mean_squared_error is not written yet")


def cross_entropy(y, t, base=math.e):
    """Average the surprise at the truth, given predicted class probabilities.

    Args:
        y: float64 or int64 (N, K), predicted probabilities in [0, 1].
        t: float64 or int64 (N, K), ground truth; one-hot, or soft with rows that sum to 1.
        base: float, the base of the logarithm: math.e gives nats, 2 gives bits.

    Returns:
        float: -(1/N) sum_n sum_k t_nk log_base(y_nk).

    Raises:
        ValueError: the shapes of y and t differ.

    What must hold:
        0 log 0 counts 0. A confident wrong answer (y = 0 where t > 0) costs +inf, or at least a
        number above 10. Only the probability given to the true class matters if t is one-hot.

    Example:
        The slide's formula says log, its number is in bits:

        >>> y, t = np.array([[0.01, 0.97, 0.02]]), np.array([[1, 0, 0]])
        >>> round(cross_entropy(y, t, base=2), 2)
        6.64
        >>> round(cross_entropy(y, t), 3)
        4.605

    Source:
        The lecture's slide "Loss function: cross entropy"; Goodfellow, Bengio and Courville, Deep
        Learning, section 3.13.
    """
    raise NotImplementedError("cross_entropy is not written yet")


def binary_cross_entropy(y, t):
    """Average the surprise at the truth for yes/no predictions, in nats.

    Args:
        y: float64 or int64 (N,), predicted probabilities of "yes" in [0, 1].
        t: float64 or int64 (N,), ground truth in [0, 1]; it may be soft.

    Returns:
        float: -(1/N) sum_n [t_n log(y_n) + (1 - t_n) log(1 - y_n)].

    Raises:
        ValueError: the shapes of y and t differ.

    What must hold:
        0 log 0 counts 0; a confident wrong answer costs +inf, or at least a number above 10.
        Swapping "yes" and "no" in both y and t changes nothing.

    Example:
        >>> round(binary_cross_entropy(np.array([0.5, 0.5]), np.array([0, 1])), 6)  # log 2
        0.693147
        >>> binary_cross_entropy(np.array([1.0, 0.0]), np.array([1, 0]))
        0.0

    Source:
        The lecture's slide "Loss function: binary cross entropy"; Goodfellow, Bengio and Courville,
        Deep Learning, section 6.2.2.2.
    """
    raise NotImplementedError("binary_cross_entropy is not written yet")
