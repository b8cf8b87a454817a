"""Judging: plain answers against checks. Verdicts exist here and nowhere else."""
