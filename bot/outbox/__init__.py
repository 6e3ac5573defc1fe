"""What a platform could not take at once, done later and once; and what the owners are told of."""
