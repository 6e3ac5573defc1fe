"""The process that serves: its signals, its event loop, its threads and garbage, and what systemd is told of it."""
