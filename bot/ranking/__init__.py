"""Matching in processes of its own, beside the one that talks to the platform."""
