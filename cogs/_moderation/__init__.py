"""What moderators do to answers: from what they typed to what is saved, and its history."""
