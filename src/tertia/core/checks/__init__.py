"""What a check from outside finds, and how its command prints it. No Django."""
