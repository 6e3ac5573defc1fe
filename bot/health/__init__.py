"""How a serving bot stands: what is looked at, what of it is bad, and where it is told."""
