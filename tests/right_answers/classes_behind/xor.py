"""XOR, object-oriented: a Network and two optimisers."""

import functools
import itertools

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
T = np.array([[0], [1], [1], [0]], dtype=float)


class Network:
    def __init__(self, layers):
        self.parameters = [p for pair in layers for p in pair]

    @classmethod
    def random(cls, sizes, seed):
        rng = np.random.default_rng(seed)
        shapes = itertools.pairwise(sizes)
        return cls([(rng.uniform(-1, 1, s), rng.uniform(-1, 1, s[1])) for s in shapes])

    @property
    def layers(self):
        return list(zip(self.parameters[::2], self.parameters[1::2], strict=True))

    def __call__(self, x):
        activations = [x]
        for W, b in self.layers:
            activations.append(np.exp(-np.logaddexp(0, -(activations[-1].dot(W) + b))))
        return activations

    def loss_and_gradient(self, x, t):
        activations = self(x)
        y = activations.pop()
        dy = 2 * (y - t) / len(t)
        loss = np.square(y - t).sum() / len(t)
        gradient = []
        for W, _ in self.layers[::-1]:
            da = dy * y * (1 - y)
            y = activations.pop()
            gradient += [da.sum(axis=0), y.T.dot(da)]
            dy = da.dot(W.T)
        return loss, gradient[::-1]


class Descent:
    def __init__(self, rate):
        self.rate = rate

    def step(self, parameters, gradient):
        return [p - self.rate * g for p, g in zip(parameters, gradient, strict=True)]


class Adam:
    def __init__(self, rate, keep=(0.9, 0.99)):
        self.rate, self.keep, self.time = rate, keep, 0
        self.mean = self.square = 0

    def step(self, parameters, gradient):
        k1, k2 = self.keep
        self.time += 1
        old = [(0, 0)] * len(gradient) if self.time == 1 else self.state
        self.state = [
            (k1 * m + (1 - k1) * g, k2 * v + (1 - k2) * g * g)
            for (m, v), g in zip(old, gradient, strict=True)
        ]
        c1, c2 = 1 - k1**self.time, 1 - k2**self.time
        return [
            p - self.rate * (m / c1) / (np.sqrt(v / c2) + 1e-8)
            for p, (m, v) in zip(parameters, self.state, strict=True)
        ]


class Training:
    def __init__(self, optimiser):
        self.optimiser = optimiser

    def run(self, network, x, t, iterations, enough=-1.0):
        losses = []
        for _ in range(iterations):
            loss, gradient = network.loss_and_gradient(x, t)
            losses.append(loss)
            if loss < enough:
                break
            network.parameters = self.optimiser.step(network.parameters, gradient)
        return losses


class Classifier:
    threshold = 0.5

    def __call__(self, x, layers):
        return (Network(layers)(x)[-1].squeeze(axis=1) > self.threshold) * 1


def initialize(sizes, seed):
    return Network.random(sizes, seed).layers


def train(x, t, layers, learning_rate, iterations):
    network = Network(layers)
    losses = Training(Descent(learning_rate)).run(network, x, t, iterations)
    return network.layers, losses


classify = Classifier()


def solve_xor(seed):
    for start in itertools.count(seed):
        network = Network.random((2, 4, 1), start)
        losses = Training(Adam(0.05)).run(network, X, T, 1500, enough=0.005)
        if losses[-1] < 0.005:
            return network.layers


hidden_features = lambda x, layers: Network(layers)(x)[-2]  # noqa: E731
count_layers = len


class Counter:
    def parameters(self, layers):
        return sum(map(np.size, Network(layers).parameters))


count_parameters = Counter().parameters


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __matmul__(self, other):
        return Affine(self.W @ other.W, self.b @ other.W + other.b)


def merge_linear(layers):
    merged = functools.reduce(Affine.__matmul__, itertools.starmap(Affine, layers))
    return merged.W, merged.b


class Staircase:
    def __init__(self, sharpness):
        self.sharpness = sharpness

    def __call__(self, edges, heights):
        gap = min(itertools.starmap(lambda a, b: b - a, itertools.pairwise(edges)), default=1)
        k = self.sharpness / gap
        rises = np.diff(heights)
        return [(np.array([[k] * len(edges)]), -k * edges), (rises[:, None], heights[:1] * 1.0)]


staircase = Staircase(600)
