"""Pictures of what a submission does, for its report; they judge nothing and hold no answer.

What is right beside them is measured (gradients by differences), never taken from the reference:
students get these files too.
"""
