"""The reference: every exercise of the course, solved.

The same five modules as in `assignments/`, function for function. The stubs that students get are
generated from these files by `python -m chainrule.stubs`, which takes out what stands between
`BEGIN` and `END` markers: edit here, never there.
"""
