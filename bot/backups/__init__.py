"""Backups: made beside the serving bot, verified, rotated, restored into a fresh place."""
