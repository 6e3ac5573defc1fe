"""Which stored question a text asks, and how sure that is."""
