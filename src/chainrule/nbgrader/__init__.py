"""chainrule under nbgrader: its course, its autograder, its gradebook and its feedback.

nbgrader keeps its places and its commands; in place of its kernel stand our sandbox and our checks.
Nothing that students run imports this; it needs the extra ``chainrule[nbgrader]``.
"""
