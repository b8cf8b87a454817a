"""Trainings of one neuron whose course honest answers share, by the grader's own little model."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from ..inputs import BATCHES, Draw, learning_rates, neurons


class Training(NamedTuple):
    """The arguments of a training."""

    x: np.ndarray
    w: np.ndarray
    t: np.ndarray
    learning_rate: float
    rounds: int


def _descend(training: Training, starts: np.ndarray, online: bool) -> tuple[np.ndarray, np.ndarray]:
    """The grader's own descent from many starts (S, D) at once: weights, and losses (rounds, S)."""
    x, _, t, rate, rounds = training
    groups = [slice(n, n + 1) for n in range(len(x))] if online else [slice(None)]
    w, losses = starts.astype(np.float64), []
    for _ in range(rounds):
        errors = []
        for group in groups:
            y = 0.5 + 0.5 * np.tanh(w @ x[group].T / 2)
            difference = y - t[group]
            errors.append((difference**2).mean(axis=1))
            w = w - rate * (2 * difference * y * (1 - y)) @ x[group] / len(x[group])
        losses.append(np.mean(errors, axis=0))
    return w, np.array(losses).reshape(rounds, len(starts))


def is_calm(training: Training, online: bool) -> bool:
    """Whether honest answers, which differ in their rounding, stay together from here.

    Moving the start by 1e-7 moves neither losses nor weights by more than 2e-6, ten times calmer
    than the contract asks for. Nor is any loss so small that rounding decides whether it is 0:
    that would end a training whose tolerance is 0.
    """
    w = np.asarray(training.w, dtype=np.float64)
    starts = np.concatenate([[w], w + 1e-7 * np.eye(len(w)), w - 1e-7 * np.eye(len(w))])
    moved, losses = _descend(training, starts, online)
    spread = [np.ptp(part, axis=axis).max(initial=0.0) for part, axis in ((moved, 0), (losses, 1))]
    return max(spread) <= 2e-6 and losses.min(initial=1.0) > 1e-9


@st.composite
def trainings(pick: Draw, rounds: tuple[int, ...] = (1, 2, 5, 12, 20)) -> Training:
    """Trainings from any start, calm or not."""
    data, rate = pick(neurons(BATCHES)), pick(learning_rates())
    return Training(*data, rate, pick(st.sampled_from(rounds)))


def calm_trainings(online: bool) -> st.SearchStrategy[Training]:
    """Trainings that honest answers follow alike."""
    return trainings().filter(lambda training: is_calm(training, online))


def calm_single_samples() -> st.SearchStrategy[Training]:
    """The same with one sample, so that online and batch are one."""
    return (
        trainings(rounds=(1, 3, 6))
        .map(lambda some: some._replace(x=some.x[:1], t=some.t[:1]))
        .filter(lambda training: is_calm(training, online=True))
    )


def first_small_loss(training: Training) -> tuple[int, float] | None:
    """When to stop, and a tolerance for it that no rounding can miss; ``None`` if losses stay."""
    losses = _descend(training, np.array([training.w]), online=False)[1][:, 0]
    for n in range(1, len(losses)):
        before = losses[:n].min()
        if losses[n] < 0.98 * before:
            return n, float((losses[n] + before) / 2)
    return None


def stopping_trainings() -> st.SearchStrategy[Training]:
    """Calm trainings in which some loss falls clearly below all earlier ones."""
    return trainings(rounds=(6, 20)).filter(
        lambda training: is_calm(training, online=False) and first_small_loss(training) is not None
    )
