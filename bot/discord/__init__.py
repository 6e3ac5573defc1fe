"""The bot on Discord as a program: started, connected, kept connected, looked at."""
