"""The graders against every right and every wrong answer that is known."""
