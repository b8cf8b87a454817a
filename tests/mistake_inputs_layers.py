"""Arguments on which every known mistake about networks shows, by function.

All sizes differ, and beside them stand a square network, one sample, one output, one layer, three
and four layers, integers, soft targets and tied outputs: each hides or reveals some mistake.
"""

from itertools import pairwise

import numpy as np

_random = np.random.default_rng(360)
_SHAPES = (
    (3, (2, 4, 1)),
    (2, (3, 4, 5)),
    (4, (2, 5, 3)),
    (5, (4, 3, 2)),
    (3, (3, 3, 3)),
    (1, (2, 3, 4)),
    (2, (2, 4, 5, 1)),
    (5, (2, 3, 1, 4)),
    (3, (3, 3, 3, 3, 3)),
    (3, (2, 1)),
    (4, (2, 3)),
)


def _tenths(shape, limit=2.0):
    return _random.uniform(-limit, limit, shape).round(1)


def _layers(sizes):
    return [(_tenths((m, n)), _tenths((n,), 1.0)) for m, n in pairwise(sizes)]


def _integers(sizes):
    draw = _random.integers
    return [(draw(-1, 3, (m, n)), draw(-1, 2, (n,))) for m, n in pairwise(sizes)]


def _targets(samples, outputs):
    if outputs == 1:
        return _random.integers(0, 5, (samples, 1)) / 4
    return np.eye(outputs)[_random.integers(0, outputs, (samples, 4))].mean(axis=1)


def _forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(1 / (1 + np.exp(-(activations[-1] @ W + b))))
    return activations


_PROBLEMS = [(_tenths((n, s[0])), _layers(s), _targets(n, s[-1])) for n, s in _SHAPES]
_PROBLEMS.append((np.array([[1, 0], [2, -1]]), _integers((2, 3, 2)), np.eye(2, dtype=int)))
_PAIRS = [
    (layers, _layers([len(layers[0][0]), *(len(b) for _, b in layers)]))
    for _, layers, _ in _PROBLEMS
]
_LOGITS = [
    (_tenths(size, 3.0), _targets(*size)) for size in ((2, 3), (3, 2), (3, 3), (4, 3), (1, 3))
]
_ONE_OUTPUT = [(x, layers) for x, layers, t in _PROBLEMS if t.shape[1] == 1]


def _even(*shape):
    """Numbers that need no generator, so that those drawn elsewhere stay what they are."""
    return (2 * np.sin(np.arange(1.0, np.prod(shape) + 1))).reshape(shape).round(1)


_TWELVE = _even(12, 2), [(_even(2, 4), _even(4)), (_even(4, 1), _even(1))], np.ones((12, 1)) / 4
_MUTED = _even(2, 3), [(_even(3, 4), _even(4)), (np.zeros((4, 2)), np.ones(2))], np.eye(2)
_FIRST = _PROBLEMS[0]
_BIASED = (_FIRST[0], [(W, b - 0.5) for W, b in _FIRST[1]], _FIRST[2])
_SHARP = [(4 * _even(2, 3), _even(3)), (np.array([[-8.0], [-9.0], [-7.0]]), np.zeros(1))]
_STEEP = _even(12, 2), _SHARP
_SATURATED = (
    np.array([[1.0, -0.5], [-2.0, 1.5], [0.5, 2.0], [-1.5, 0.0]]),
    [
        (np.array([[4.0, -1.0, 0.5], [-3.0, 1.5, 1.0]]), np.array([0.5, -1.0, 0.25])),
        (np.array([[-6.0, 1.5], [3.0, -4.0], [1.0, 2.0]]), np.array([-8.0, 9.0])),
    ],
    np.array([[0.75, 0.25], [0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]),
)
_STRONG = (
    np.array([[12.0, -8.0], [-10.0, 9.0]]),
    [
        (np.array([[0.01, 0.0, 0.01], [0.01, 0.01, -0.02]]), np.array([0.1, -0.2, 0.3])),
        (np.array([[20.0], [-24.0], [8.0]]), np.array([-5.0])),
    ],
    np.array([[0.0], [1.0]]),
)
_WHOLE = np.array([[1, 0, -1, 2], [0, 1, 2, -1]])
_HALVES = [(_WHOLE, _even(4)), (_even(4, 2), np.array([1, -1]))]
_MIXED = _even(3, 2), _HALVES, np.array([[1, 0], [0, 1], [1, 0]])
_STUCK = [
    (np.array([[0.1, 2.7], [-2.1, 2.7]]), np.array([-1.1, -0.5])),
    (np.array([[2.0], [-0.5]]), np.array([0.3])),
]
# Integers in one argument and not in another, and sums from -25 to 24.
_WHOLE_X = np.array([[-12], [-9], [-4], [1], [7], [11]])
_STEEP_LAYERS = [
    (np.array([[2.1, -0.9]]), np.array([0.5, -1.2])),
    (np.array([[1.3], [-0.7]]), np.array([0.2])),
]
_FORTY_X = np.arange(-20, 20)[:, np.newaxis] / 16
_WHOLE_LAYERS = [
    (np.array([[2, -1]]), np.array([0, 1])),
    (np.array([[1], [2]]), np.array([-2])),
]
_HALF_WHOLE = [
    (np.array([[1, -1, 2], [0, 2, 1]]), np.array([0.3, -0.6, 0.1])),
    (np.array([[0.5, -0.2], [0.3, 0.7], [-0.1, 0.4]]), np.array([0, 1])),
]
_XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
_FEW = [p for p in _PROBLEMS if len(p[0]) > 1]

INPUTS_LAYERS = {
    "forward": [
        *((x, layers) for x, layers, _ in _PROBLEMS),
        (np.array([[1.0, -1.0], [0.5, 0.25], [2.0, 0.0]]), _FIRST[1]),
        _STEEP,
        (np.array([[1, -1], [0, 2]]), _HALVES),
        (np.array([[1, -1], [0, 2]]), _FIRST[1]),
    ],
    "network_error": [
        *((_forward(x, layers)[-1], t) for x, layers, t in _PROBLEMS),
        (np.array([[1.0, 0.5]]), np.array([[0.0, 0.5]])),
        (np.array([[1, 0], [0, 0]]), np.array([[0.25, 0.75], [0.5, 0.5]])),
        (np.array([[0.25, 0.5], [0.75, 1.5]]), np.array([[1, 0], [0, 1]])),
    ],
    "backward": [
        (_forward(x, layers), layers, t)
        for x, layers, t in (
            *(*_PROBLEMS, _TWELVE, _MUTED, _BIASED),
            *(_SATURATED, _STRONG, _MIXED),
        )
    ],
    "update": [
        *((*pair, rate) for pair in _PAIRS for rate in (0.05, 0.3, 5.0, 0.0)),
        (_STRONG[1], [(20 * np.cos(W), 20 * np.sin(b)) for W, b in _STRONG[1]], 0.05),
    ],
    "softmax_cross_entropy_gradient": [
        *_LOGITS,
        (np.array([[1000.0, 998.0], [-1000.0, -1001.0]]), np.array([[0.25, 0.75], [0.5, 0.5]])),
        (np.array([[1, 0, 2]]), np.array([[0, 0, 1]])),
        (_even(2, 3), np.array([[0.7, 0.2, 0.1], [0.1, 0.7, 0.2]])),
        (_even(2, 5), np.eye(5)[[1, 4]]),
        (np.array([[2.0], [-1.0]]), np.ones((2, 1))),
        (np.array([[1, 0, 2]]), np.array([[0.25, 0.25, 0.5]])),
        (_even(3, 3) + 16, np.eye(3, dtype=int)),
    ],
    "initialize": [
        (sizes, seed) for sizes in ((2, 4, 1), (3, 3, 3), (1, 30, 2, 5)) for seed in (0, 1, 7)
    ],
    "train": [
        *(
            (x, t, layers, rate, n)
            for x, layers, t in _FEW
            for rate, n in ((0.05, 3), (0.3, 3), (3.0, 2))
        ),
        (_PROBLEMS[0][0], _PROBLEMS[0][2], _PROBLEMS[0][1], 0.3, 0),
        (_WHOLE_X, _WHOLE_X % 5 / 4, _STEEP_LAYERS, 0.3, 2),
        (_FORTY_X, np.arange(40)[:, np.newaxis] % 3 // 2, _WHOLE_LAYERS, 0.3, 2),
        (
            _even(1, 2),
            _even(1, 2) ** 2 / 4,
            [(_even(2, 3), _even(3)), (_even(3, 2), _even(2))],
            1.0,
            2,
        ),
        (*_XOR, _STUCK, 5.0, 150),
        (*_XOR, [(np.array([[0.6], [-0.4]]), np.array([0.3]))], 5.0, 60),
        # Learned at once, so that one who stops early or records now and then is seen to.
        (np.ones((2, 1)), np.full((2, 1), 0.9), _layers((1, 1)), 5.0, 60),
    ],
    "classify": [
        (np.array([[1, 0], [0, 1]]), [(np.array([[4], [-8]]), np.array([2]))]),
        *_ONE_OUTPUT,
        *((_tenths((n, 2)), _layers((2, h, 1))) for n, h in ((6, 3), (8, 2), (1, 4), (7, 5))),
        # Outputs on both sides of every threshold that anybody would choose.
        (np.linspace(-3, 3, 61)[:, np.newaxis], [(np.ones((1, 1)), np.zeros(1))]),
        (_tenths((6, 3)), _layers((3, 4, 2, 1))),
        (np.array([[1.0, 0.0], [0.0, 2.0]]), [(np.zeros((2, 1)), np.zeros(1))]),
        (np.array([[3], [2], [1]]), [(np.array([[1]]), np.array([-2]))]),
        (np.array([[1], [-1]]), [(np.array([[0.6]]), np.zeros(1))]),
        (np.array([[0.6], [-0.6]]), [(np.ones((1, 1), int), np.zeros(1, int))]),
    ],
    "solve_xor": [(seed,) for seed in range(6)],
    "hidden_features": [
        *((x, layers) for x, layers, _ in _PROBLEMS),
        (_WHOLE_X, _STEEP_LAYERS),
        (_FORTY_X[:4], _WHOLE_LAYERS),
    ],
    "count_layers": [(layers,) for _, layers, _ in _PROBLEMS],
    "count_parameters": [
        *((layers,) for _, layers, _ in _PROBLEMS),
        ([(np.array([[0, 1], [2, 0]]), np.array([0, 0]))],),
        ([(np.ones((20, 15)), np.ones(15)), (np.ones((15, 1)), np.ones(1))],),
    ],
    "merge_linear": [
        *((layers,) for _, layers, _ in _PROBLEMS),
        (_HALF_WHOLE,),
        ([(W / 7, b / 7) for W, b in _PROBLEMS[7][1]],),
    ],
    "staircase": [
        (np.array([0, 1]), np.array([2, 5, 3])),
        (np.array([-1.5, 0.2, 0.3, 2.0]), np.array([1.0, -0.5, 0.5, 2.0, 1.5])),
        (np.array([0.7]), np.array([0.3, -0.9])),
        (np.array([-30.0, 10.0, 55.0]), np.array([0.0, 4.0, -1.0, 2.0])),
        (np.array([0.01, 0.02, 0.04]), np.array([-1.0, 4.0, 4.0, 2.5])),
        (np.array([0.0, 3e-6, 4e-6]), np.array([2.0, 1.0, 3.0, 3.5])),
        (np.array([0, 1, 3]), np.array([0.5, 1.25, -0.5, 2.25])),
        (np.array([-3000.0, 0.0, 4000.0]), np.array([1.0, -2.0, 0.5, 3.0])),
    ],
}
