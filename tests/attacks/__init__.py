"""Hostile submissions, a table for each family, and what must hold for every one of them."""
