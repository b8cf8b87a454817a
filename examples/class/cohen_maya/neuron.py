import numpy as np

print("loading neuron.py !!!")


def sigmoid(a):
    a = np.asarray(a, dtype=float)
    result = np.where(a >= 0, 1 / (1 + np.exp(-np.abs(a))), np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a))))
    print("sigmoid", a, "->", result)
    return result


def sigmoid_derivative(a):
    s = sigmoid(a)
    print("s =", s)
    return s * (1 - s)


def predict(x, w):
    print("x:", x)
    print("w:", w)
    y = []
    for row in x:
        y.append(sigmoid(np.dot(row, w)))
        print("y so far:", y)
    return np.array(y)


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    if loss == "mse":
        e = (y - t) ** 2
    elif loss == "bce":
        e = -(t * np.log(y) + (1 - t) * np.log(1 - y))
    else:
        raise ValueError("loss?? " + str(loss))
    print("e:", e, "total:", e.mean())
    return y, e, e.mean()


# try it: how fast does one weight learn?
w0 = 0.0
for step in range(50000):
    y0 = 1 / (1 + np.exp(-w0))
    w0 = w0 - 0.01 * 2 * (y0 - 1) * y0 * (1 - y0)
    print("step", step, "w", w0, "y", y0, "error", (y0 - 1) ** 2)
print("done!!!")
