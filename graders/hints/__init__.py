"""What a student can ask for while writing a function: three hints, and the lecture's formula.

The first hint is a nudge, the second says where to look, the third names a method. None is the
answer.
"""
