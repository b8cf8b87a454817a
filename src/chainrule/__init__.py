"""chainrule: an auto-grading exercise suite for a lecture on training neural networks."""
