"""Help with credit assignment through layers."""

from chainrule.grading import Help

HELP = {
    "forward": Help(
        formula="a_0 = x,   a_l = σ(a_(l−1) · W_l + b_l)",
        hints=(
            "How many entries does the list have for two layers?",
            "What is the input of the second layer?",
            (
                "Begin the list with x. For each layer take the last entry of the list, "
                "multiply by W, add b, apply the sigmoid, and append."
            ),
        ),
    ),
    "network_error": Help(
        formula="E = (1/N) Σ_n Σ_k (y_nk − t_nk)²",
        hints=(
            "There are two sums. By which number is divided, and by which is not?",
            "What would a plain mean over all entries divide by?",
            "Add up the squares of all entries and divide by the number of rows alone.",
        ),
    ),
    "backward": Help(
        formula="δ_L = 2 (y − t)/N ⊙ y (1 − y),   δ_l = (δ_(l+1) · W_(l+1)ᵀ) ⊙ a_l (1 − a_l),   "
        "dW_l = a_(l−1)ᵀ · δ_l,   db_l = Σ_n δ_l",
        hints=(
            "Begin at the end: what is the slope of E by the output, for every sample?",
            (
                "In each layer: through the sigmoid first, with the slope at that layer's own "
                "activation. Which activation did the layer get, and which did it give?"
            ),
            (
                "Go through the layers from last to first and carry one array, the slope of E "
                "by the layer's activation. It becomes δ by the sigmoid's slope; δ gives dW "
                "with the layer's input and db by a sum over the samples; δ through W is what "
                "the layer before gets."
            ),
        ),
    ),
    "update": Help(
        formula="W_l ← W_l − γ dW_l,   b_l ← b_l − γ db_l",
        hints=(
            "Which way is downhill?",
            "Do the old layers stay as they were? And can integer weights move by fractions?",
            (
                "Pair each layer with its gradient and build a new list of new pairs, weights "
                "and biases in the same way."
            ),
        ),
    ),
    "softmax_cross_entropy_gradient": Help(
        formula="∂E/∂z_nk = ( softmax(z)_nk − t_nk ) / N",
        hints=(
            "What is left when the derivative of the logarithm meets that of the softmax?",
            "The cross-entropy is a mean over the samples. Where does that show in its gradient?",
            (
                "Predict with the given softmax, compare with the truth entry by entry, and "
                "share the blame among the samples."
            ),
        ),
    ),
}
