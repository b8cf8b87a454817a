# backprop.py -- three nested loops and nothing else
import math


def sig(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))


def plain(a):
    """nested lists of python numbers from whatever comes in"""
    if hasattr(a, "tolist"):
        return a.tolist()
    if isinstance(a, (list, tuple)):
        return [plain(item) for item in a]
    return a


def forward(x, layers):
    layers = plain(layers)
    activations = [plain(x)]
    for W, b in layers:
        out = []
        for row in activations[-1]:
            new_row = []
            for j in range(len(b)):
                v = b[j]
                for i in range(len(row)):
                    v += row[i] * W[i][j]
                new_row.append(sig(v))
            out.append(new_row)
        activations.append(out)
    return activations


def network_error(y, t):
    y, t = plain(y), plain(t)
    total = 0.0
    for n in range(len(y)):
        for k in range(len(y[n])):
            total += (y[n][k] - t[n][k]) ** 2
    return total / len(y)


def backward(activations, layers, t):
    activations, layers, t = plain(activations), plain(layers), plain(t)
    N = len(t)
    gradients = []
    for W, b in layers:
        gradients.append([[[0.0] * len(b) for _ in W], [0.0] * len(b)])
    for n in range(N):
        y = activations[-1][n]
        delta = [2 * (y[k] - t[n][k]) * y[k] * (1 - y[k]) / N for k in range(len(y))]
        for layer in range(len(layers) - 1, -1, -1):
            W = layers[layer][0]
            dW, db = gradients[layer]
            before = activations[layer][n]
            for j in range(len(delta)):
                db[j] += delta[j]
                for i in range(len(before)):
                    dW[i][j] += before[i] * delta[j]
            new_delta = []
            for i in range(len(before)):
                s = 0.0
                for j in range(len(delta)):
                    s += W[i][j] * delta[j]
                new_delta.append(s * before[i] * (1 - before[i]))
            delta = new_delta
    return gradients


def update(layers, gradients, learning_rate):
    layers, gradients = plain(layers), plain(gradients)
    new = []
    for (W, b), (dW, db) in zip(layers, gradients):
        new_W = [[W[i][j] - learning_rate * dW[i][j] for j in range(len(b))] for i in range(len(W))]
        new_b = [b[j] - learning_rate * db[j] for j in range(len(b))]
        new.append([new_W, new_b])
    return new


def softmax_cross_entropy_gradient(logits, t):
    logits, t = plain(logits), plain(t)
    answer = []
    for z, target in zip(logits, t):
        biggest = max(z)
        exps = [math.exp(v - biggest) for v in z]
        answer.append([(e / sum(exps) - q) / len(t) for e, q in zip(exps, target)])
    return answer
