"""Checks that only the grader runs; they may compare with the reference."""
