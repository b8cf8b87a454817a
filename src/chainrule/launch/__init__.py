"""How workers are started and ended; the judge decides, by its own clock."""
