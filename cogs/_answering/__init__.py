"""From a message to its one reply: heard, held back or not, sent, noted."""
