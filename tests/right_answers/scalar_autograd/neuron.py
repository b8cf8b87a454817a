"""One neuron on a tiny scalar engine: a Value knows its number and its local derivatives."""

import math

import numpy as np


class Value:
    __slots__ = ("children", "data", "grad", "locals")

    def __init__(self, data, children=(), locals_=()):
        self.data = data
        self.grad = 0.0
        self.children = children
        self.locals = locals_

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    __radd__, __rmul__ = __add__, __mul__

    def sigmoid(self):
        # exp of a number that is never positive
        e = math.exp(-abs(self.data))
        s = 1 / (1 + e) if self.data >= 0 else e / (1 + e)
        return Value(s, (self,), (s * (1 - s),))

    def backward(self):
        self.grad += 1.0
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for child in v.children:
                    visit(child)
                order.append(v)

        visit(self)
        for v in reversed(order):
            for child, local in zip(v.children, v.locals, strict=True):
                child.grad += local * v.grad


def _each(function, a):
    values = [function(Value(float(v))) for v in np.ravel(a)]
    return np.array(values, dtype=float).reshape(np.shape(a))


def _slope(v):
    v.sigmoid().backward()
    return v.grad


def sigmoid(a):
    return _each(lambda v: v.sigmoid().data, a)


def sigmoid_derivative(a):
    return _each(_slope, a)


def predict(x, w):
    weights = [Value(float(v)) for v in w]
    out = []
    for row in x.tolist():
        a = Value(0.0)
        for w_d, x_d in zip(weights, row, strict=True):
            a = a + w_d * x_d
        out.append(a.sigmoid().data)
    return np.array(out)


def forward_pass(x, w, t, loss="mse"):
    y, e = predict(x, w), []
    for y_n, t_n in zip(y.tolist(), t.tolist(), strict=True):
        if loss == "mse":
            e.append((y_n - t_n) ** 2)
        elif loss == "bce":
            on = -math.log(y_n) if y_n > 0 else math.inf
            off = -math.log(1 - y_n) if y_n < 1 else math.inf
            e.append((t_n * on if t_n else 0.0) + ((1 - t_n) * off if t_n != 1 else 0.0))
        else:
            raise ValueError("loss must be 'mse' or 'bce'")
    return y, e, math.fsum(e) / len(e)
