"""What buttons and forms remember, kept in their custom ids: so they work after a restart."""
