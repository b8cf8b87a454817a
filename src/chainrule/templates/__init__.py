"""Files that `chainrule gradescope build` packs, as they are."""
