"""What grading costs, measured: `tox -e bench`, or `python -m benchmarks --help`."""
