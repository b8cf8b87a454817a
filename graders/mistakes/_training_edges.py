"""Wrong answers to ``train`` that are right for most of its way; ``xor`` takes them in."""

import numpy as np

from chainrule.grading import mistake

from . import _network as net


def _step(x, t, layers, rate):
    """One iteration: the loss before it, and the new layers."""
    new, (loss,) = net.train(x, t, layers, rate, 1)
    return new, loss


def _drawn_like(layers, seed):
    generator = np.random.default_rng(seed)
    return [tuple(generator.uniform(-1, 1, np.shape(part)) for part in layer) for layer in layers]


@mistake("train", "mini-batches", family="training", variants={"size": (4, 8, 10, 16, 32)})
def train_in_batches(x, t, layers, rate, n, size):
    """You cut the data into batches and update after each. The four samples of XOR are one batch,
    so there it may not show; here one iteration is one step along the gradient of all samples."""
    losses = []
    for _ in range(n):
        losses.append(net.error(net.forward(x, layers)[-1], t))
        for i in range(0, len(x), size):
            layers, _ = _step(x[i : i + size], t[i : i + size], layers, rate)
    return layers, losses


@mistake("train", "learning-rate-in-stages", family="scale", variants={"by": (0.9, 0.95)})
def train_in_stages(x, t, layers, rate, n, by):
    """You lower the learning rate after every fifty iterations. That is another method; here each
    iteration uses the rate that was passed in."""
    losses = []
    for i in range(n):
        layers, loss = _step(x, t, layers, rate * by ** (i // 50))
        losses.append(loss)
    return layers, losses


@mistake("train", "slower-near-the-goal", family="scale", variants={"below": (0.1, 0.05)})
def train_slows_down(x, t, layers, rate, n, below):
    """You take smaller steps as soon as the error is small, and hardly get on. Each iteration uses
    the rate that was passed in."""
    losses = []
    for _ in range(n):
        loss = net.error(net.forward(x, layers)[-1], t)
        layers, _ = _step(x, t, layers, rate / 10 if loss < below else rate)
        losses.append(loss)
    return layers, losses


@mistake("train", "shaken-on-a-plateau", family="training", variants={"at": (1e-3, 1e-4)})
def train_shaken(x, t, layers, rate, n, at):
    """You draw new weights where the loss stays near 0.125, the plateau of XOR. That is no gradient
    descent from the given start any more: restarts belong to `solve_xor`."""
    losses = []
    for i in range(n):
        new, loss = _step(x, t, layers, rate)
        stuck = losses and 0.12 < loss < 0.14 and losses[-1] - loss < at
        layers = _drawn_like(layers, i) if stuck else new
        losses.append(loss)
    return layers, losses


@mistake("train", "restarted-when-slow", family="training")
def train_restarted(x, t, layers, rate, n):
    """You start again from new weights while the error is above 0.2 after fifty iterations. One
    neuron cannot do better on XOR: train from the given start, and leave restarts to `solve_xor`.
    """
    losses = []
    for i in range(n):
        new, loss = _step(x, t, layers, rate)
        layers = _drawn_like(layers, i) if i >= 50 and loss > 0.2 else new
        losses.append(loss)
    return layers, losses


@mistake("train", "assumes-one-hot", family="wrong-argument", variants={"part": ("both", "steps")})
def train_on_hard_targets(x, t, layers, rate, n, part):
    """You turn each row of t into a hard label first, so soft targets lose what they say. Nothing
    needs a one-hot t: use the numbers as they are."""
    hard = np.eye(t.shape[1])[t.argmax(axis=1)] if t.shape[1] > 1 else t
    losses = []
    for _ in range(n):
        losses.append(net.error(net.forward(x, layers)[-1], hard if part == "both" else t))
        layers, _ = _step(x, hard, layers, rate)
    return layers, losses


@mistake("train", "last-loss-only", family="shape", variants={"listed": (False, True)})
def train_last_loss(x, t, layers, rate, n, listed):
    """You keep the last loss only. Begin with an empty list, and append each iteration's."""
    layers, losses = net.train(x, t, layers, rate, n)
    return layers, (losses[-1:] if listed else losses[-1] if losses else losses)


@mistake("train", "losses-add-up", family="reduction")
def train_cumulative(x, t, layers, rate, n):
    """Your losses add up from iteration to iteration: E is set to 0 before the loop only. Each
    iteration has a loss of its own."""
    layers, losses = net.train(x, t, layers, rate, n)
    return layers, np.cumsum(losses).tolist()
