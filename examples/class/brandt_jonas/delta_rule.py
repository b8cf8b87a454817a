import math
import numpy as np

# sigmoid was given but the one on the slides is shorter

def sigmoid(a):
    return 1/1+math.e**(-a)


def numerical_gradient(f, w, h=1e-5):
    g = np.zeros(w.shape)
    for i in range(w.size):
        wp = w.astype(float)
        wm = w.astype(float)
        wp.flat[i] += h
        wm.flat[i] -= h
        g.flat[i] = (f(wp) - f(wm)) / (2*h)
    return g


def error_gradient(y, t):
    return 2*(y - t)


def delta_rule(x, w, t):
    y = sigmoid(np.dot(x, w))
    return 2*(x)*((y - t)*((1 - y)*(y)))


def batch_gradient(x, w, t):
    g = np.zeros(len(w))
    for n in range(len(x)):
        g += delta_rule(x[n], w, t[n])
    return g / len(x)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate*gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    # W was not defined on the slide so I made it w
    lr = learning_rate
    losses = []
    for i in range(iterations):
        e, y = [], []
        for n in range(len(x)):
            v = 0
            for d in range(len(x[0])):
                v += x[n][d] * w[d]
            y.append(1/(1+math.e**(-v)))           # sigmoid
            e.append((y[n]-t[n])**2)           # MSE
        losses.append(sum(e)/len(x))
        if losses[-1] <= tolerance:
            break

        # gradient descent to update weights
        for p in range(len(w)):
            d = 2*x[n][p]*(y[n]-t[n])*(1-y[n])*y[n]
            w[p] -= lr*d
    return w, losses


def train_neuron_online(x, w, t, learning_rate, epochs):
    lr = learning_rate
    losses = []
    for i in range(epochs):
        e, y = [], []
        for n in range(len(x)):
            v = 0
            for d in range(len(x[0])):
                v += x[n][d] * w[d]
            y.append(1/1+math.e**(-v))           # sigmoid
            e.append((y[n]-t[n])**2)           # MSE

        # gradient descent to update weights
        for p in range(len(w)):
            d = 2*x[n][p]*(y[n]-t[n])*(1-y[n])*y[n]
            W[p] -= lr*d
        losses.append(sum(e)/len(x))
    return w, losses
