import numpy as np

def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(a))

def numerical_gradient(f, w, h=1e-5):
    grad = np.zeros(w.shape)
    for idx in np.ndindex(*w.shape):
        plus, minus = w.astype(float), w.astype(float)
        plus[idx] += h
        minus[idx] -= h
        grad[idx] = (f(plus) - f(minus)) / (2 * h)
    return grad

def error_gradient(y, t):
    return 2 * (y - t)

def delta_rule(x, w, t):
    y = sigmoid(x.dot(w))
    return 2 * (y - t) * y * (1 - y) * x

def batch_gradient(x, w, t):
    return np.mean([delta_rule(x[n], w, t[n]) for n in range(len(x))], axis=0)

def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient

def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    losses = []
    i = 0
    while i < iterations:
        loss = np.mean((sigmoid(x.dot(w)) - t) ** 2)
        losses.append(loss)
        if loss <= tolerance:
            break
        w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
    i += 1
    return w, losses

def train_neuron_online(x, w, t, learning_rate, epochs):
    losses = []
    for epoch in range(epochs):
        e = 0
        for n in range(len(x)):
            e += (sigmoid(x[n].dot(w)) - t[n]) ** 2
            w = gradient_step(w, delta_rule(x[n], w, t[n]), learning_rate)
        losses.append(e / len(x))
    return w, losses
