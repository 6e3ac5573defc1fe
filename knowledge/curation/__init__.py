"""The rules for changing what is live. Values and functions; nothing here reads or keeps anything."""
