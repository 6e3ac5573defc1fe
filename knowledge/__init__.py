"""The domain: what is true, which stored question a text asks, and what must come first and last."""
