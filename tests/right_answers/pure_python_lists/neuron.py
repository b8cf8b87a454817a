# neuron.py -- the lecture's loops, with its bug fixed (1/(1+...) needs the brackets!)
import math


def sig(v):
    if v >= 0:
        return 1 / (1 + math.exp(-v))
    return math.exp(v) / (1 + math.exp(v))


def d_sig(v):
    return sig(v) * sig(-v)


def apply(f, a):
    """f for every number in a, however deep the lists are"""
    if isinstance(a, list):
        return [apply(f, item) for item in a]
    return f(a)


def to_list(a):
    return a.tolist() if hasattr(a, "tolist") else a


def sigmoid(a):
    return apply(sig, to_list(a))


def sigmoid_derivative(a):
    return apply(d_sig, to_list(a))


def predict(x, w):
    y = []
    for n in range(len(x)):
        v = 0
        for d in range(len(w)):
            v += float(x[n][d]) * float(w[d])
        y.append(sig(v))
    return y


def forward_pass(x, w, t, loss="mse"):
    if loss not in ("mse", "bce"):
        raise ValueError("unknown loss " + str(loss))
    y, e = predict(x, w), []
    for n in range(len(x)):
        target = float(t[n])
        if loss == "mse":
            e.append((y[n] - target) ** 2)
        else:
            cost = 0.0
            if target > 0:
                cost += -target * math.log(y[n]) if y[n] > 0 else math.inf
            if target < 1:
                cost += -(1 - target) * math.log(1 - y[n]) if y[n] < 1 else math.inf
            e.append(cost)
    total_e = sum(e) / len(x)
    return (y, e, total_e)
