import numpy as np

f32 = np.float32


def sigmoid(a):
    return 1 / (1 + np.exp(-np.clip(a, f32(-80), f32(80))))


def single(layers):
    return [(W.astype(f32), b.astype(f32)) for W, b in layers]


def forward(x, layers):
    out = [x.astype(f32)]
    for W, b in single(layers):
        out.append(sigmoid(out[-1] @ W + b))
    return out


def network_error(y, t):
    return np.sum((y.astype(f32) - t.astype(f32)) ** 2) / f32(len(y))


def backward(activations, layers, t):
    activations = [a.astype(f32) for a in activations]
    y = activations.pop()
    delta = 2 * (y - t.astype(f32)) * y * (1 - y) / f32(len(y))
    grads = []
    for W, _ in single(layers)[::-1]:
        a = activations.pop()
        grads.append((a.T @ delta, delta.sum(0)))
        delta = (delta @ W.T) * a * (1 - a)
    grads.reverse()
    return grads


def update(layers, gradients, learning_rate):
    lr = f32(learning_rate)
    pairs = zip(single(layers), single(gradients), strict=True)
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]


def softmax_cross_entropy_gradient(logits, t):
    z = (logits - logits.max(1, keepdims=True)).astype(f32)
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    return (p - t.astype(f32)) / f32(len(t))
