"""What councils give to measuring."""
