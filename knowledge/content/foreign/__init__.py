"""Questions and answers that other programs wrote down: their files in, entries out."""
