"""Training as a function applied to itself: step(step(step(start)))."""

from functools import reduce

import numpy as np


def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(np.asarray(a) < 0, e, 1) / (1 + e)


def repeat(step, times, state):
    """`step` applied `times` times. In halves: 500 nested calls would be too deep."""
    if times == 0 or state["done"]:
        return state
    if times == 1:
        return step(state)
    half = times // 2
    return repeat(step, times - half, repeat(step, half, state))


def numerical_gradient(f, w, h=1e-5):
    unit = np.eye(w.size)

    def component(i):
        e = (h * unit[i]).reshape(w.shape)
        return (f(w + e) - f(w - e)) / (2 * h)

    def components(i):
        return [] if i == w.size else [component(i), *components(i + 1)]

    return np.array(components(0)).reshape(w.shape)


def error_gradient(y, t):
    return 2 * (y - t)


def delta_rule(x, w, t):
    y = sigmoid(x @ w)
    return 2 * x * (y - t) * y * (1 - y)


def batch_gradient(x, w, t):
    return reduce(np.add, (delta_rule(a, w, b) for a, b in zip(x, t))) / len(t)


def gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


def train_neuron(x, w, t, learning_rate, iterations, tolerance=0.0):
    def step(state):
        loss = np.mean((sigmoid(x @ state["w"]) - t) ** 2)
        done = loss <= tolerance
        w = state["w"]
        if not done:
            w = gradient_step(w, batch_gradient(x, w, t), learning_rate)
        return {"w": w, "losses": state["losses"] + (loss,), "done": done}

    end = repeat(step, iterations, {"w": w, "losses": (), "done": False})
    return end["w"], end["losses"]


def train_neuron_online(x, w, t, learning_rate, epochs):
    def sample(state, pair):
        w, error = state
        x_n, t_n = pair
        error = error + (sigmoid(x_n @ w) - t_n) ** 2
        return gradient_step(w, delta_rule(x_n, w, t_n), learning_rate), error

    def epoch(state):
        w, error = reduce(sample, zip(x, t), (state["w"], 0.0))
        return {"w": w, "losses": state["losses"] + (error / len(x),), "done": False}

    end = repeat(epoch, epochs, {"w": w, "losses": (), "done": False})
    return end["w"], end["losses"]
