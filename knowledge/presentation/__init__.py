"""What people read, in the same words on any platform: bylines, our own sentences, why a reply came."""
