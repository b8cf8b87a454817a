"""Each sample is one task of a pool of threads."""
import concurrent.futures
import contextlib
import numpy as np


class quiet(contextlib.ContextDecorator):
    """no floating point warnings inside, the old state afterwards"""
    def __enter__(self):
        self.old = np.seterr(all="ignore")

    def __exit__(self, *exc):
        np.seterr(**self.old)


def sigma(a):
    return 1.0 / (1.0 + np.exp(-a))


@quiet()
def forward(*args):
    x, layers = args
    acts = [np.array(x)]
    for W, b in layers:
        acts.append(sigma(acts[-1] @ W + b))
    return acts


@quiet()
def network_error(*args, **kwargs):
    y, t = args
    diff = np.asarray(y) - np.asarray(t)
    return np.add.reduce(np.add.reduce(diff * diff)) / diff.shape[0]




def backward(*args):
    activations, layers, t = args
    n = len(t)

    def sample(i):
        h = [a[i] for a in activations]
        d = 2 * (h[-1] - t[i]) * h[-1] * (1 - h[-1])
        out = []
        for l in range(len(layers) - 1, -1, -1):
            out.append((np.outer(h[l], d), d))
            d = layers[l][0] @ d * h[l] * (1 - h[l])
        return out[::-1]

    with concurrent.futures.ThreadPoolExecutor(max_workers=1) as pool:
        per_sample = list(pool.map(sample, range(n)))
    return [(sum(s[l][0] for s in per_sample) / n, sum(s[l][1] for s in per_sample) / n)
            for l in range(len(layers))]


def update(*args):
    layers, gradients, rate = args
    result = []
    for layer, gradient in zip(layers, gradients):
        result.append([p + (-rate) * g for p, g in zip(layer, gradient)])
    return result


@quiet()
def softmax_cross_entropy_gradient(logits, t):
    # softmax through the sigmoid of pairwise log odds would overflow; through logs it does not
    top = np.sort(logits, axis=1)[:, -1:]
    log_p = (logits - top) - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return np.divide(np.exp(log_p) - t, len(t))
