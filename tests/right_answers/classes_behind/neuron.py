"""A neuron is a class; the functions of the exercise are its methods."""

import functools

import numpy as np


class Sigmoid:
    def __call__(self, a):
        return np.exp(-np.logaddexp(0, -np.asarray(a)))

    def derivative(self, a):
        return self(a) * self(-np.asarray(a))


class Neuron:
    losses = {}

    def __init__(self, activation):
        self.activation = activation

    def predict(self, x, w):
        return self.activation(x.dot(w))

    def forward_pass(self, x, w, t, loss="mse"):
        try:
            cost = self.losses[loss]
        except KeyError:
            raise ValueError(f"unknown loss {loss}") from None
        y = self.predict(x, w)
        errors = cost(y, t)
        return y, errors, errors.mean()

    @classmethod
    def register(cls, name):
        def keep(function):
            cls.losses[name] = function
            return function

        return keep


@Neuron.register("mse")
def _mse(y, t):
    return np.power(y - t, 2)


@Neuron.register("bce")
def _bce(y, t):
    def term(weight, p):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(weight == 0, 0.0, -weight * np.log(p))

    return term(t, y) + term(1 - t, 1 - y)


sigmoid = Sigmoid()
sigmoid_derivative = sigmoid.derivative
_neuron = Neuron(sigmoid)
predict = _neuron.predict
forward_pass = functools.partial(Neuron.forward_pass, _neuron)
