"""Help with a network that learns its own features."""

from chainrule.grading import Help

HELP = {
    "initialize": Help(
        formula="W_l random of shape (fan_in, fan_out),   b_l of shape (fan_out,)",
        hints=(
            "What happens to two hidden units that start with the same weights?",
            "Where does a random generator get its seed, and who else uses numpy's global one?",
            (
                "Make a generator of your own from the seed, and draw the layers from it one "
                "after the other, for each pair of neighbouring sizes."
            ),
        ),
    ),
    "train": Help(
        formula="repeat:  E = (1/N) Σ_n Σ_k (y_nk − t_nk)²,   note E,   "
        "W ← W − γ dE/dW,   b ← b − γ dE/db,  in every layer",
        hints=(
            "What is noted first: the error of the layers you were given, or of the first update?",
            (
                "All samples speak before anything moves. Is anything carried over from one "
                "iteration to the next but the layers?"
            ),
            (
                "In each iteration ask the given helper for the error and its gradients, append "
                "the error, and build new layers from old ones and their gradients."
            ),
        ),
    ),
    "classify": Help(
        formula="class = 1 if y > 0.5, else 0",
        hints=(
            "What is the class of a sample whose output is exactly 0.5?",
            "The output is (N, 1). Which shape is asked for, and which dtype?",
            (
                "Compute the outputs with the given helper, drop the second axis, compare with "
                "one half, and turn what is true or false into integers."
            ),
        ),
    ),
    "solve_xor": Help(
        formula="initialize, then train until  E < 0.01;  start again where that does not come",
        hints=(
            "How do you notice, from the losses alone, that a start is stuck?",
            (
                "How many hidden units make a stuck start rare? How large may the learning rate "
                "be with four samples?"
            ),
            (
                "Begin with your initialize and the seed as it is. Train in stretches, look at "
                "the last loss after each, and go over to another seed, made from the first, "
                "when it does not get low."
            ),
        ),
    ),
    "hidden_features": Help(
        formula="a_(L−1): the activations that the output layer is given",
        hints=(
            "Which layer's activations does the output layer see?",
            "What are the features of a network that has only an output layer?",
            (
                "It is a forward pass that stops one layer early; the given helper takes any "
                "list of layers, an empty one too."
            ),
        ),
    ),
    "count_layers": Help(
        formula="hidden layers + output layer",
        hints=(
            "Does the lecture count the input?",
            "How many pairs (W, b) does a network of sizes 2-4-1 have?",
            "Each pair of weights and biases is one layer that computes something.",
        ),
    ),
    "count_parameters": Help(
        formula="Σ_l ( fan_in_l · fan_out_l + fan_out_l )",
        hints=(
            "What does a unit have beside a weight for each input?",
            "How many numbers are in one W, and how many in one b?",
            "Go through all layers and add up the sizes of both arrays; the result is a plain int.",
        ),
    ),
    "merge_linear": Help(
        formula="(x·W1 + b1)·W2 + b2 = x·(W1·W2) + (b1·W2 + b2)",
        hints=(
            "Write the second layer of the first one's output, and remove the brackets.",
            "What becomes of the first bias on its way through the second layer?",
            (
                "Keep one W and one b, beginning with the first layer. Each further layer turns "
                "both into new ones: products for the weights, and for the bias a product and a "
                "sum."
            ),
        ),
    ),
    "staircase": Help(
        formula="Σ_m (h_m − h_(m−1)) · σ( s (x − edge_m) ) + h_0,   s large",
        hints=(
            "What does σ(s·x) look like for a very large s?",
            (
                "Unit m switches on at its edge. What has to change there, and what holds left "
                "of all edges?"
            ),
            (
                "All weights into the hidden units are one steepness, and each bias puts the "
                "middle of its unit on an edge. What a unit contributes is the jump there; the "
                "output's bias is the first height. How steep is enough depends on the smallest "
                "gap."
            ),
        ),
    ),
}
