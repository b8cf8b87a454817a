"""The student's side: what runs in the worker process, and nothing of the judge.

These modules are sent to the worker as text and use numpy, msgspec and the standard library
only, so the worker needs no path to this package, let alone to a course.
"""
