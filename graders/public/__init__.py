"""Checks that students run themselves; they use nothing but the submission."""
