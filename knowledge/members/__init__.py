"""What members do besides asking: vote, pass a question on, see and delete what is kept of them."""
