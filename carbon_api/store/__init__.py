"""Estimates kept: the plan as it was sent, the answer as the bytes that were sent back."""
