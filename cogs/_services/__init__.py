"""What the composition root hands to the cogs."""
