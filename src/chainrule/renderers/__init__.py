"""Results to text: each renderer takes the same frozen results and decides nothing."""
