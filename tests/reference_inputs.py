"""What the tests of the reference share: the modules themselves, and read-only arguments.

Read-only, so that a function that changes an argument fails in whatever test it is.
"""

import importlib.util
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays


def load(name):
    path = Path(__file__).parents[1] / "solutions" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MODULES = {name: load(name) for name in ("losses", "neuron", "delta_rule", "backprop", "xor")}

# The lecture's data.
X = np.array([[1, 0.1, -0.2], [1, -0.1, 0.9], [1, 1.2, 0.1], [1, 1.1, 1.5]])
T = np.array([0, 0, 0, 1])
W = np.array([1, -1, 1])


# How often each property is tried: the files together are to take seconds. No deadline, since a
# machine that does other things too must not fail a test.
proved = settings(max_examples=40, deadline=None)


def frozen(array):
    array = np.asarray(array)
    array.setflags(write=False)
    return array


def numbers(shape, low=-3, high=3):
    """Read-only float64 or int64 arrays."""
    floats = arrays(np.float64, shape, elements=st.floats(low, high))
    integers = arrays(np.int64, shape, elements=st.integers(low, high))
    return st.one_of(floats, integers).map(frozen)


sizes = st.integers(1, 5)
shapes = st.lists(sizes, max_size=3).map(tuple)
pairs = shapes.flatmap(lambda shape: st.tuples(numbers(shape), numbers(shape)))
data = st.tuples(sizes, sizes).flatmap(
    lambda nd: st.tuples(numbers(nd), numbers(nd[1]), numbers(nd[0], 0, 1))
)
probability = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(1e-3, 1 - 1e-3))


def probabilities(shape):
    whole = arrays(np.int64, shape, elements=st.integers(0, 1))
    return st.one_of(arrays(np.float64, shape, elements=probability), whole).map(frozen)
