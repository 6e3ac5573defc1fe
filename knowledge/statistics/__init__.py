"""What is counted of what the bot does, and the figures that are told of it; never texts or people."""
