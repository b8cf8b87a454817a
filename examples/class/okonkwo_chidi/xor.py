# Chidi Okonkwo
import random
from math import exp

X = [[0, 0], [0, 1], [1, 0], [1, 1]]
T = [[0], [1], [1], [0]]


def sigmoid(a):
    return 1 / (1 + exp(-a))


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        columns = list(zip(*W))
        activations.append([
            [sigmoid(bj + sum(r * w for r, w in zip(row, column)))
             for bj, column in zip(b, columns)]
            for row in activations[-1]])
    return activations


def initialize(sizes, seed):
    rng = random.Random(seed)
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        W = [[rng.uniform(-1, 1) for j in range(fan_out)] for i in range(fan_in)]
        layers.append((W, [0.0] * fan_out))
    return layers


def train(x, t, layers, learning_rate, iterations):
    losses = []
    N = len(x)
    for iteration in range(iterations):
        acts = forward(x, layers)
        loss = 0
        blame = []
        for y_row, t_row in zip(acts[-1], t):
            loss += sum((y - tk) ** 2 for y, tk in zip(y_row, t_row))
            blame.append([2 * (y - tk) / N for y, tk in zip(y_row, t_row)])
        losses.append(loss / N)
        new = []
        for l in range(len(layers) - 1, -1, -1):
            W, b = layers[l]
            delta = [[g * a * (1 - a) for g, a in zip(g_row, a_row)]
                     for g_row, a_row in zip(blame, acts[l + 1])]
            new_W = [[W[i][j] - learning_rate * sum(acts[l][n][i] * delta[n][j] for n in range(N))
                      for j in range(len(b))] for i in range(len(W))]
            new_b = [b[j] - learning_rate * sum(d[j] for d in delta) for j in range(len(b))]
            new.insert(0, (new_W, new_b))
            blame = [[sum(d * w for d, w in zip(d_row, W[i])) for i in range(len(W))]
                     for d_row in delta]
        layers = new
    return layers, losses


def classify(x, layers):
    return [1 if y[0] > 0.5 else 0 for y in forward(x, layers)[-1]]


def solve_xor(seed):
    layers = initialize((2, 4, 1), seed)
    for i in range(50):
        layers, losses = train(X, T, layers, 5, 100)
        if losses[-1] < 0.02:
            break
    return layers


def hidden_features(x, layers):
    return forward(x, layers)[-2]


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    total = 0
    for W, b in layers:
        total += len(W) * len(b) + len(b)
    return total


def merge_linear(layers):
    W, b = layers[0]
    for W2, b2 in layers[1:]:
        b = [b2[k] + sum(b[j] * W2[j][k] for j in range(len(b))) for k in range(len(b2))]
        W = [[sum(row[j] * W2[j][k] for j in range(len(row))) for k in range(len(b2))]
             for row in W]
    return W, b


def staircase(edges, heights):
    gap = min([b - a for a, b in zip(edges, edges[1:])], default=1)
    steep = 300 / gap
    hidden = ([[steep] * len(edges)], [-steep * edge for edge in edges])
    output = ([[heights[i + 1] - heights[i]] for i in range(len(edges))], [heights[0]])
    return [hidden, output]
