"""The course's checks: inputs shared by all, public ones for students, hidden ones for grading."""

ORDER = ("losses", "neuron", "delta_rule", "backprop", "xor")
