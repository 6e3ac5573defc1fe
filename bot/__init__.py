"""The shell: settings, wiring, start-up, and the adapters that are not Discord."""
