"""Help with the loss functions."""

from chainrule.grading import Help

HELP = {
    "one_hot": Help(
        formula="row n:  1 in column labels[n], 0 everywhere else",
        hints=(
            "How many rows and columns does the result have, and how many ones are in a row?",
            (
                "Look at the labels one by one: which single column is 1 for each, and which "
                "labels have no column at all?"
            ),
            (
                "Refuse labels without a column first. Then compare each label with all column "
                "numbers at once, or start from zeros and set one entry a row."
            ),
        ),
    ),
    "softmax": Help(
        formula="softmax(z)_k = exp(z_k) / Σ_j exp(z_j),  within each row",
        hints=(
            "What do the entries of one row have to add up to, and along which axis is a row?",
            (
                "What does exp(1000) give in floating point? And what changes in the formula "
                "when the same number is taken from all logits of a row?"
            ),
            (
                "Shift each row so that its largest logit becomes 0, take exp, and divide by "
                "the sums of the rows. The sums keep their axis, so that they divide row by "
                "row; counting axes from the end does for one sample as for many."
            ),
        ),
    ),
    "mean_squared_error": Help(
        formula="MSE = (1/N) Σ_n (y_n − t_n)²",
        hints=(
            "Which comes first: the square or the mean?",
            "What would numpy make of y of shape (3,) and t of shape (3, 1), and what should you?",
            (
                "Compare the two shapes and refuse if they differ. Then difference, square, "
                "mean, in this order, and a plain float at the end."
            ),
        ),
    ),
    "cross_entropy": Help(
        formula="CE = −(1/N) Σ_n Σ_k t_nk log(y_nk);  log to another base: log(y) / log(base)",
        hints=(
            (
                "Over what is added up, and by what number is divided: samples, or samples "
                "times classes?"
            ),
            (
                "What is 0 · log 0 for Python, and what does it have to count here? Where does "
                "the logarithm matter at all?"
            ),
            (
                "Take logarithms only where t is not 0 and let the other terms be 0; a base "
                "other than e is one division at the end. Where t > 0 and y = 0 an infinite "
                "loss is right."
            ),
        ),
    ),
    "binary_cross_entropy": Help(
        formula="BCE = −(1/N) Σ_n [ t_n log(y_n) + (1 − t_n) log(1 − y_n) ]",
        hints=(
            "Yes and no are two classes. How probable is each according to y?",
            (
                "Which of the two terms has weight 0 when t is 1, and what if its logarithm is "
                "infinite?"
            ),
            (
                "Compute the two terms apart, each only where its weight is not 0; or make two "
                "columns of y and t and use what you have already."
            ),
        ),
    ),
}
