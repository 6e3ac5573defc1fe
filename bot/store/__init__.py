"""What is kept on the disk, read beside a bot that may be serving from it."""
