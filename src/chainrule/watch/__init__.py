"""``chainrule check --watch``: what a save changed is checked again, one function at a time."""
