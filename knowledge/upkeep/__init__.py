"""What happens by itself while the bot runs: what is too old is deleted, and digests that are due are sent."""
