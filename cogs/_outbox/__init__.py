"""What the outbox carries out on Discord: a module for each kind of item."""
