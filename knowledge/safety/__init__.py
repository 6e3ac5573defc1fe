"""What must come first (emergencies) and last (the notice)."""
