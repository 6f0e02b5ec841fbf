"""The HTTP service: reads a plan, hands it down, sends the answer back."""
