# Chidi Okonkwo
from math import exp


def sigmoid(a):
    return 1 / (1 + exp(-a))


def forward(x, layers):
    activations = [x]
    for W, b in layers:
        out = []
        for row in activations[-1]:
            out.append([sigmoid(b[j] + sum(row[i] * W[i][j] for i in range(len(row))))
                        for j in range(len(b))])
        activations.append(out)
    return activations


def network_error(y, t):
    total = 0
    for y_row, t_row in zip(y, t):
        for yk, tk in zip(y_row, t_row):
            total += (yk - tk) ** 2
    return total / len(t)


def backward(activations, layers, t):
    N = len(t)
    # how much E changes with every output
    blame = [[2 * (yk - tk) / N for yk, tk in zip(y_row, t_row)]
             for y_row, t_row in zip(activations[-1], t)]
    gradients = []
    for l in range(len(layers) - 1, -1, -1):
        W, b = layers[l]
        below, here = activations[l], activations[l + 1]
        fan_in, fan_out = len(W), len(b)
        delta = [[blame[n][j] * here[n][j] * (1 - here[n][j]) for j in range(fan_out)]
                 for n in range(N)]
        dW = [[sum(below[n][i] * delta[n][j] for n in range(N)) for j in range(fan_out)]
              for i in range(fan_in)]
        db = [sum(delta[n][j] for n in range(N)) for j in range(fan_out)]
        gradients.insert(0, (dW, db))
        blame = [[sum(delta[n][j] * W[i][j] for j in range(fan_out)) for i in range(fan_in)]
                 for n in range(N)]
    return gradients


def update(layers, gradients, learning_rate):
    new = []
    for (W, b), (dW, db) in zip(layers, gradients):
        new.append((
            [[w - learning_rate * d for w, d in zip(w_row, d_row)] for w_row, d_row in zip(W, dW)],
            [w - learning_rate * d for w, d in zip(b, db)],
        ))
    return new


def softmax_cross_entropy_gradient(logits, t):
    gradient = []
    for z, t_row in zip(logits, t):
        powers = [exp(zk - max(z)) for zk in z]
        gradient.append([(p / sum(powers) - tk) / len(t) for p, tk in zip(powers, t_row)])
    return gradient
