"""What Discord sees: one file per thing a person can do there."""
