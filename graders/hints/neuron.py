"""Help with one neuron's forward pass."""

from chainrule.grading import Help

HELP = {
    "sigmoid": Help(
        formula="σ(a) = 1 / (1 + e^(−a)) = e^a / (1 + e^a)",
        hints=(
            "What does Python compute first in 1/1+x?",
            (
                "For which a does e^(−a) overflow? Which form of the formula has a small "
                "exponent there?"
            ),
            (
                "Use an exponent that is never positive, −|a|, and choose for each entry which "
                "of the two forms it belongs into. Make floats of integers first."
            ),
        ),
    ),
    "sigmoid_derivative": Help(
        formula="dσ/da = σ(a) (1 − σ(a))",
        hints=(
            "Is the argument a, or is it σ(a) already?",
            "You have the sigmoid. What is its slope, said with its own value?",
            (
                "Compute y from a once, then combine y and 1 − y. At ±10,000 the slope is 0, "
                "without a warning, if your sigmoid gives none."
            ),
        ),
    ),
    "predict": Help(
        formula="a_n = Σ_d x_nd w_d,   y_n = σ(a_n)",
        hints=(
            "One number for each sample: over which index is added up?",
            "The bias is in w already, and its input is in x already. What is left to add?",
            (
                "The product of the matrix x with the vector w gives all pre-activations at "
                "once; one call of your sigmoid does the rest."
            ),
        ),
    ),
    "forward_pass": Help(
        formula="mse: e_n = (y_n − t_n)²;   bce: e_n = −t_n log(y_n) − (1 − t_n) log(1 − y_n);   "
        "E = (1/N) Σ_n e_n",
        hints=(
            "Three things come back. Which of them are arrays, and which is one number?",
            (
                "Which name of a loss is neither of the two, and what is to happen then? For "
                "bce, what if a prediction is exactly 0 or 1?"
            ),
            (
                "Predict, then compute the errors of the single samples by the loss that was "
                "named, then their mean. log σ(a) can be computed from a itself, where σ(a) "
                "would round to 0."
            ),
        ),
    ),
}
