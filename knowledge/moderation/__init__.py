"""The moderators' desk: the rules of `curation` and the store of `records`, tied to what is live."""
