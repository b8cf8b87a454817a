"""In a notebook: ``check("softmax")`` and ``%check softmax``.

The checks run in the kernel; the student's cells run in a process of their own, like a module's.
IPython is imported only here, and only where a kernel runs already.
"""
