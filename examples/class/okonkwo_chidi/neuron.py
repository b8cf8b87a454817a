# Chidi Okonkwo
from math import exp, log


def each(function, a):
    """function of every number in a, which may be a number, a list, a list of lists..."""
    try:
        items = iter(a)
    except TypeError:
        return function(a)
    return [each(function, item) for item in items]


def sigmoid(a):
    return each(sigmoid_of_number, a)


def sigmoid_derivative(a):
    return each(lambda v: sigmoid_of_number(v) * sigmoid_of_number(-v), a)


def sigmoid_of_number(v):
    if v < 0:
        return exp(v) / (1 + exp(v))
    return 1 / (1 + exp(-v))


def predict(x, w):
    y = []
    for sample in x:
        v = 0
        for d in range(len(w)):
            v += sample[d] * w[d]
        y.append(sigmoid(v))
    return y


def forward_pass(x, w, t, loss='mse'):
    if loss not in ('mse', 'bce'):
        raise ValueError('loss should be mse or bce, not %s' % loss)
    y = predict(x, w)
    e = []
    for yn, tn in zip(y, t):
        if loss == 'mse':
            e.append((yn - tn) ** 2)
        else:
            e.append(-tn * log(yn) - (1 - tn) * log(1 - yn))
    return y, e, sum(e) / len(e)
