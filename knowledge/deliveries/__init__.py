"""Which reply showed what, what got none, and how a reply is put right when its answer changes."""
