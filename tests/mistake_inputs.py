"""Arguments on which every known mistake about losses and one neuron shows, by function.

Sizes differ, and beside them stand a square batch, one sample, one class, integers, soft targets,
zeros and ones, huge values and shapes that do not fit: each hides or reveals some mistake.
"""

import math

import numpy as np

_random = np.random.default_rng(2026)


def _tenths(*shape, limit=2.0):
    return _random.uniform(-limit, limit, shape).round(1)


def _chances(*shape):
    return _random.uniform(0.05, 0.95, shape).round(2)


def _soft(n, k):
    return np.eye(k)[_random.integers(0, k, (n, 3))].mean(axis=1)


def _hard(n, k):
    return np.eye(k)[_random.integers(0, k, n)]


_SIZES = ((2, 3), (3, 2), (4, 3), (3, 3), (1, 3), (5, 2), (2, 1))
_NEURONS = [
    *((_tenths(n, d, limit=1.4), _tenths(d, limit=1.0), _chances(n)) for n, d in _SIZES),
    (
        np.array([[1.0, 0.1, -0.2], [1.0, -0.1, 0.9], [1.0, 1.2, 0.1], [1.0, 1.1, 1.5]]),
        np.array([1, -1, 1]),
        np.array([0, 0, 0, 1]),
    ),
    (np.array([[1, 2], [1, -1], [0, 3]]), np.array([1, -1]), np.array([0, 1, 1])),
    (np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]), np.zeros(3), np.array([0, 1, 1, 0])),
]
_XOR = _NEURONS[-1]
_NINE = (np.eye(9)[:, :2] + 0.5, np.array([0.3, -1.0]), np.linspace(0.1, 0.9, 9))
_MANY = (
    np.column_stack(
        [np.ones(12), [7.0, 0.0, 0.2, -1.5, -0.8, 0.3, -8.0, -1.4, -0.8, 1.8, 1.1, 0.6]]
    ),
    np.array([1, 2]),
    np.array([0.3, 0.2, 0.2, 0.2, 0.5, 0.6, 1.0, 0.8, 0.5, 0.9, 0.3, 0.4]),
)
_WIDE = (np.array([[1, 40], [1, -25]]), np.array([0.5, -0.02]), np.array([0.3, 0.9]))
_FAR = (np.array([[-1.4, -1.4], [0.5, -1.0]]), np.array([2.0, 2.0]), np.array([1.0, 0.3]))
_WHOLE_INPUTS = (
    np.array([[1, 2], [1, -1], [2, 0]]),
    np.array([0.6, -0.7]),
    np.array([0.2, 0.9, 0.5]),
)
_WHOLE_WEIGHTS = (np.array([[1.0, 0.4], [0.5, -1.3]]), np.array([1, -1]), np.array([0.3, 0.8]))
_WHOLE_TARGETS = (
    np.linspace(-1.2, 1.2, 60).reshape(12, 5),
    np.array([0.4, -0.9, 0.3, 0.8, -0.5]),
    np.arange(12) % 2,
)
_MIXED = (_WHOLE_INPUTS, _WHOLE_WEIGHTS, _WHOLE_TARGETS)
_ACTIVATIONS = [
    (np.array([0.0, 1.0, -2.0, 0.3]),),
    (np.array([[1.5, -0.7, 2.9], [-3.0, 0.2, 0.0]]),),
    (np.array([[[1.0, -1.0]], [[2.5, 0.1]]]),),
    (np.array([[0.4]]),),
    (np.array([[-2, -1], [0, 3]]),),
    (np.array([2]),),
    (np.array([30.0, -40.0, 100.0, -709.0, 711.0, -5000.0, 1e4, -1e4]),),
    (np.array([-800, 800]),),
    (np.array([1.0986, -1.0986, -16.0, 7.5]),),
    (np.array([600.0, -600.0]),),
    (np.array([9.0, -9.0, 13.0, -13.0, 19.0, -19.0]),),
    (np.array([-10_000.0, 0.5, 750.0]),),
    (np.array([10_000.0, 0.5, -750.0]),),
    *((a,) for a in (0.0, 2.5, -1, 3, -1000.0, 1000.0)),
]
_PAIRS = [(_tenths(n), _tenths(n)) for n in (2, 3, 5, 1)]
_PAIRS += [(np.array([3, -2, 0]), np.array([1, 2, 0])), (np.array([1.0, 2.0]), np.array([1, 2]))]
_MISFITS = [(_chances(3), np.ones(shape) / 2) for shape in ((2,), (1,), (3, 1), (4,))] + [
    (_chances(3, 1), np.ones(3)),
    (_chances(1), np.ones(3)),
]
_ONE_HOT_MISFITS = [
    (_chances(2, 3), np.eye(3)[np.zeros(n, dtype=int)].reshape(shape))
    for n, shape in ((3, (3, 3)), (1, (1, 3)), (1, (3,)))
] + [(_chances(2, 3), np.ones((2, 1)))]
_ROWS = np.array([[0.0, 0.25, 0.75], [0.5, 0.0, 0.5]])
_CLASSES = [
    *((_chances(n, k), _soft(n, k)) for n, k in _SIZES),
    *((_chances(n, k), _hard(n, k)) for n, k in _SIZES[:4]),
    (_ROWS, np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5]])),
    (np.eye(3)[[0, 2]], np.eye(3)[[0, 2]]),
    (np.eye(3)[[0, 1]], np.eye(3)[[0, 2]]),
    (np.eye(2, dtype=int)[[0, 1, 1]], np.eye(2, dtype=int)[[1, 1, 1]]),
    (np.array([[0.001, 0.9], [0.998, 0.002]]), np.array([[1.0, 0.0], [0.3, 0.7]])),
]


def _cubic(v):
    weights = np.arange(1.0, np.size(v) + 1).reshape(np.shape(v))
    return float((weights * np.asarray(v) ** 3).sum() / 3 + np.sum(v) ** 2 / 2)


def _curved(v):
    return float(np.sin(v).sum() + np.exp(np.mean(v)) + np.prod(np.asarray(v) + 0.5))


def _matrix_product(v):
    return float(((np.array([[1.0, -0.5], [0.0, 1.5]]) @ v) ** 2).sum())


_STARTS = [(*data, rate, n) for data in _NEURONS for rate, n in ((0.05, 3), (0.3, 2), (5.0, 3))]
_TRAININGS = [*_STARTS, (*_NEURONS[7], 0.3, 0), (*_NEURONS[3], 0.3, 1), (*_NEURONS[4], 0.3, 1)]
_TRAININGS += [(*_NEURONS[7], 5.0, 60), (*_NEURONS[8], 0.3, 12)]
_TRAININGS += [(*_NINE, 0.3, 5), (*_NEURONS[7], 0.3, 110), (*_MANY, 5.0, 10)]

INPUTS = {
    "one_hot": [
        *((_random.integers(0, k, n), k) for n, k in _SIZES),
        (np.array([0, 1, 2, 1]), 3),
        (np.array([2, 0, 1]), 3),
        (np.array([1, 1, 0]), 5),
        (np.array([2]), 3),
        *((np.array(bad), 3) for bad in ([0, -1], [3, 0], [0, 3], [7, 1], [-3, 2], [-9, 1])),
        (np.array([-1, -1]), 3),
        (np.array([2, 0, 10]), 11),
        (np.array([1, 299]), 300),
        (np.array([0, 0, 0]), 1),
        (np.array([0, 1, 2, 3]), 3),
    ],
    "softmax": [
        *((_tenths(n, k, limit=3.0),) for n, k in _SIZES),
        (_tenths(4, limit=3.0),),
        (np.array([1.5]),),
        (np.array([[1, 2, 0], [0, -1, 3]]),),
        (np.array([1000, 1001, 999]),),
        (np.array([[10.0, 9.0], [-10.0, -10.0], [0.0, 9.0]]) * 1000,),
        (np.array([[2.0, 1.0], [-5000.0, -5001.0]]),),
        (np.array([[400.0, 0.0], [300.0, 299.0]]),),
        (np.array([[2000.0, 1999.5, -2000.0]]),),
        (np.array([[60.0, 57.0, 0.0], [12.0, 15.0, 11.0]]),),
        (np.array([[-19.0, -18.0], [-20.0, -17.0]]),),
        (np.array([[0.0, 1.0], [5002.0, 5000.0]]),),
        (np.array([[0.0, -9.0, -15.0, -19.0], [19.0, 4.0, 0.0, 10.0]]),),
    ],
    "mean_squared_error": [
        *_PAIRS,
        *_MISFITS,
        (np.array([0.5, 0.25, 2.0]), np.array([1, 0, 1])),
        (np.array([1, 0, 1]), np.array([0.5, 0.25, 2.0])),
        (np.linspace(-2.9, 2.3, 37), np.linspace(1.1, -2.7, 37) ** 2),
        (np.array([1e4, 0.5, -30.0]), np.array([-20.0, 1e4, 2.0])),
    ],
    "cross_entropy": [
        *_CLASSES,
        *((y, t, base) for y, t in _CLASSES[:5] for base in (2, 10, 3.5, math.e)),
        *_ONE_HOT_MISFITS,
        (np.linspace(0.1, 0.9, 18).reshape(9, 2), np.eye(2)[[0, 1, 1] * 3]),
        (np.array([[0.25, 0.0, 0.5], [0.0, 1.0, 0.0]]), np.eye(3)[:2]),
        *((np.array([[0.0, 0.25], [0.5, 0.0]]), np.eye(2)[::-1], base) for base in (2, 10)),
        (np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]), np.eye(3)[:, :2]),
    ],
    "binary_cross_entropy": [
        *((_chances(n), _chances(n)) for n in (2, 3, 5, 1)),
        *((_chances(n), _random.integers(0, 2, n)) for n in (2, 3, 5)),
        (np.array([0.001, 0.998, 0.4]), np.array([1.0, 0.0, 0.5])),
        *((y, np.array([1.0, 0.0])) for y in (np.eye(2)[0], np.eye(2)[1], np.zeros(2), np.ones(2))),
        (np.array([1, 0, 1]), np.array([1, 0, 0])),
        (np.array([0.25, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])),
        *_MISFITS,
        (np.linspace(0.1, 0.9, 9), np.array([1.0, 0.0, 0.3] * 3)),
    ],
    "sigmoid": _ACTIVATIONS,
    "sigmoid_derivative": _ACTIVATIONS,
    "predict": [
        *((x, w) for x, w, _ in (*_NEURONS, _NINE, _FAR, *_MIXED)),
        (np.array([[2.0, 0.5], [2.0, -1.0]]), np.array([0.4, -0.9])),
    ],
    "forward_pass": [
        *((*data, loss) for data in _NEURONS for loss in ("mse", "bce", "mae")),
        *_NEURONS,
        *((*_NINE, loss) for loss in ("mse", "bce")),
        *((*_NEURONS[8], loss) for loss in ("rmse", "bce_of_logits", "ms")),
        *_MIXED,
        (*_NEURONS[3][:2], np.array([0.0, 1.0, 1.0]), "bce"),
        (np.array([[1.0, 2.0], [1.0, -1.9]]), np.array([0.1, 2.9]), np.array([0.2, 0.9]), "bce"),
    ],
    "numerical_gradient": [
        *(
            (f, _tenths(*shape))
            for f in (_cubic, _curved)
            for shape in ((3,), (2, 3), (2, 2), (1,))
        ),
        *((f, _tenths(*shape), 0.5) for f in (_cubic, _curved) for shape in ((3,), (2, 3))),
        *((_cubic, w) for w in (np.array([2, -1, 3]), np.array([[1, 2], [-3, 0]]))),
        (_curved, np.array([2, -1, 3])),
        (_matrix_product, _tenths(2, 3)),
        (_cubic, np.array([0.0, 1.5, -1.0]), 0.1),
        (_matrix_product, np.array([[1.5, -0.5], [0.5, 2.0]])),
    ],
    "error_gradient": [
        *_PAIRS,
        (_tenths(2, 3), _tenths(2, 3)),
        (np.array([0.75, 0.5]), np.array([1, 0])),
        (np.array([0.123, 0.456]), np.array([0.7, 0.2])),
        (0.75, 1),
        (np.array([1, 0]), np.array([0.25, 0.5])),
        (np.array([0.5004, 0.5]), np.array([0.5, 0.500003])),
        (np.array([0.75, 0.5]), np.array([-30.0, 0.496])),
    ],
    "delta_rule": [
        (x[n], w, t[n]) for x, w, t in (*_NEURONS[:-1], _FAR, _MANY, _WIDE) for n in (0, -1)
    ],
    "batch_gradient": [
        *_NEURONS[:-1],
        _FAR,
        tuple(np.concatenate([part, part]) if i != 1 else part for i, part in enumerate(_FAR)),
        (_NEURONS[8][0], np.array([0.5, -1.0]), _NEURONS[8][2]),
        _MANY,
        _WIDE,
    ],
    "gradient_step": [
        (np.array([1.0, -0.5]), np.zeros(2), 0.3),
        *((*_tenths(2, n), rate) for n in (1, 3, 4) for rate in (0.05, 0.3, 5.0)),
        (_tenths(2, 3), _tenths(2, 3), 0.3),
        (np.array([1, -1, 2]), np.array([2, 0, -3]), 0.05),
        (np.array([1, -1, 2]), np.array([0.5, -1.0, 0.25]), 0.3),
        (np.array([1.0, 2.0]), np.array([30.0, -40.0]), 0.3),
        (np.array([1.0, -1.0]), np.array([0.5, -0.1234]), 0.3),
        (np.array([1.0, 2.0]), np.array([0.5, -1.0]), 0.0),
        (np.array([1.0, -2.0]), np.array([5e-5, -3e-6]), 5.0),
    ],
    "train_neuron": [
        *_TRAININGS,
        (*_NEURONS[7], 5.0, 20, 0.19),
        (*_NEURONS[7], 5.0, 20, 0.34),
        (*_NEURONS[7], 0.3, 20, 0.33),
        (*_NEURONS[3], 0.3, 8, 2.0),
        (*_XOR, 0.3, 6, 0.25),
        (*_NEURONS[7], 12.0, 5),
        (
            np.array([[1.0, 0.5], [1.0, -1.0], [1.0, 2.0]]),
            np.array([0.3, -0.8]),
            np.array([0.47512, 0.75016, 0.21437]),
            *(0.3, 1),
        ),
    ],
    "train_neuron_online": [*_TRAININGS, (*_NEURONS[8], 5.0, 30)],
}
