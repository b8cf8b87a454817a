import math
import numpy as np


def _verifier(y, t):
    if np.shape(y) != np.shape(t):
        raise ValueError("y et t n'ont pas la même forme")


def one_hot(labels, num_classes):
    matrice = np.zeros((len(labels), num_classes))
    for ligne, classe in zip(matrice, labels):
        if classe < 0 or classe >= num_classes:
            raise ValueError(f"classe inconnue : {classe}")
        ligne[classe] = 1
    return matrice


def softmax(logits):
    if logits.ndim == 1:
        z = np.exp(logits - logits.max())
        return z / z.sum()
    return np.array([softmax(ligne) for ligne in logits])


def mean_squared_error(y, t):
    _verifier(y, t)
    return sum((y - t) ** 2) / len(y)


def cross_entropy(y, t, base=math.e):
    _verifier(y, t)
    somme = 0.0
    for yi, ti in zip(y.ravel(), t.ravel()):
        if ti > 0:
            somme -= ti * (math.log(yi, base) if yi > 0 else -math.inf)
    return somme / len(y)


def binary_cross_entropy(y, t):
    _verifier(y, t)
    return cross_entropy(np.column_stack([y, 1 - y]), np.column_stack([t, 1 - t]))
