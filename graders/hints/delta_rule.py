"""Help with one neuron's gradients and training."""

from chainrule.grading import Help

HELP = {
    "numerical_gradient": Help(
        formula="∂f/∂w_i ≈ ( f(w + h·e_i) − f(w − h·e_i) ) / 2h",
        hints=(
            "How far are the two points apart at which f is asked?",
            (
                "Only one entry moves at a time. Whose array is it that you move: yours, or the "
                "caller's? Can it hold fractions?"
            ),
            (
                "Make a float copy of w. For each index, of however many dimensions, ask f a "
                "step up and a step down on copies, and divide the difference by the distance."
            ),
        ),
    ),
    "error_gradient": Help(
        formula="E = (y − t)²,   dE/dy = 2 (y − t)",
        hints=(
            "By which of the two is differentiated?",
            "Is the slope positive or negative where the prediction is too large?",
            (
                "The outer derivative of the square, times the inner derivative by y, entry by "
                "entry; nothing is added up."
            ),
        ),
    ),
    "delta_rule": Help(
        formula="dE/dw = dE/dy · dy/da · da/dw = 2 (y − t) · y (1 − y) · x",
        hints=(
            "The chain has three factors. Which of them is a vector?",
            "Compute y first. At which number is the sigmoid's slope taken?",
            (
                "Multiply dE/dy by dy/da, both single numbers, and then scale x by the product. "
                "Compare with your numerical gradient."
            ),
        ),
    ),
    "batch_gradient": Help(
        formula="dE/dw = (1/N) Σ_n 2 (y_n − t_n) y_n (1 − y_n) x_n",
        hints=(
            "The error is a mean over the samples. What follows for its gradient?",
            "Every sample has a gradient like that of the delta rule. How do they become one?",
            (
                "Compute for all samples the number that scales x_n; then a product of x, "
                "transposed, with these numbers adds up over the samples. Do not forget to "
                "divide by their number."
            ),
        ),
    ),
    "gradient_step": Help(
        formula="w ← w − γ dE/dw",
        hints=(
            "Where does the gradient point: uphill or downhill?",
            "What would w -= ... do to the caller's array, and to an array of integers?",
            (
                "Scale the gradient by the learning rate and take it away, in an expression "
                "that makes a new array."
            ),
        ),
    ),
    "train_neuron": Help(
        formula="repeat:  E = (1/N) Σ_n (y_n − t_n)²,   note E,   w ← w − γ dE/dw",
        hints=(
            "Does the loss of an iteration belong to the weights before its update, or after?",
            "When does the training end early, and is there an update in that last iteration?",
            (
                "In each iteration: measure with the weights as they are, append, compare with "
                "the tolerance, and only then step against the batch gradient, into a new "
                "array."
            ),
        ),
    ),
    "train_neuron_online": Help(
        formula="for each epoch, for each n:  e_n = (y_n − t_n)²,   w ← w − γ de_n/dw;   "
        "note (1/N) Σ_n e_n",
        hints=(
            "Does the update stand inside the loop over the samples, or after it?",
            "With which weights is the second sample of an epoch predicted?",
            (
                "Two loops: in the inner one predict one sample, keep its error, and step by "
                "the delta rule at once; after it append the mean of the epoch's errors."
            ),
        ),
    ),
}
