import numpy as np

f32 = np.float32


def sigmoid(a):
    a = np.clip(np.asarray(a), -80, 80).astype(f32)  # e^88 is the largest float32
    return 1 / (1 + np.exp(-a))


def sigmoid_derivative(a):
    s = sigmoid(a)
    return s * (1 - s)


def predict(x, w):
    return sigmoid(x.astype(f32).dot(w.astype(f32)))


def forward_pass(x, w, t, loss="mse"):
    y = predict(x, w)
    t = t.astype(f32)
    if loss == "mse":
        e = np.square(y - t)
    elif loss == "bce":
        e = -t * np.log(np.maximum(y, f32(1e-7)))
        e -= (1 - t) * np.log(np.maximum(1 - y, f32(1e-7)))
    else:
        raise ValueError("loss is 'mse' or 'bce'")
    return y, e, e.mean()
