"""Known wrong answers to ``backprop``; each list has a file of its own."""

# One module an assignment: the loader reads what this one holds.
from ._backward import *  # noqa: F403
from ._backward_blocks import *  # noqa: F403
from ._backward_edges import *  # noqa: F403
from ._backward_gradients import *  # noqa: F403
from ._forward import *  # noqa: F403
from ._forward_edges import *  # noqa: F403
from ._logit_gradient import *  # noqa: F403
from ._network_error import *  # noqa: F403
from ._update import *  # noqa: F403
