import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))


def outputs(x, layers):
    for weights, biases in layers:
        x = sigmoid(np.dot(x, weights) + biases)
    return x


def initialize(sizes, seed):
    np.random.seed(seed)
    return [(np.random.randn(a, b), np.zeros(b)) for a, b in zip(sizes[:-1], sizes[1:])]


def train(x, t, layers, learning_rate, iterations):
    # two layers are enough for xor
    (W1, b1), (W2, b2) = layers
    losses = []
    for i in range(iterations):
        h = sigmoid(x @ W1 + b1)
        y = sigmoid(h @ W2 + b2)
        losses.append(np.mean(np.sum((y - t)**2, axis=1)))
        d2 = 2*(y - t)/len(x) * y*(1 - y)
        W2 = W2 - learning_rate * h.T @ d2
        b2 = b2 - learning_rate * d2.sum(axis=0)
        d1 = d2 @ W2.T * h*(1 - h)
        W1 = W1 - learning_rate * x.T @ d1
        b1 = b1 - learning_rate * d1.sum(axis=0)
    return [(W1, b1), (W2, b2)], losses


def classify(x, layers):
    return (outputs(x, layers) > 0.5).astype(int)


def solve_xor(seed):
    layers = initialize((2, 2, 1), seed)
    layers, losses = train(X, T, layers, 1.0, 2000)
    return layers


def hidden_features(x, layers):
    for W, b in layers[:-1]:
        x = x @ W + b
    return x


def count_layers(layers):
    return len(layers)


def count_parameters(layers):
    n = 0
    for W, b in layers:
        n += W.shape[0]*W.shape[1]
    return n


def merge_linear(layers):
    W, b = layers[0]
    for (W2, b2) in layers[1:]:
        W = W @ W2
        b = b2
    return W, b


def staircase(edges, heights):
    k = 50
    W1 = k*np.ones((1, len(edges)))
    b1 = -k*edges
    W2 = np.diff(heights).reshape(-1, 1)
    b2 = np.array([heights[0]])
    return [(W1, b1), (W2, b2)]
