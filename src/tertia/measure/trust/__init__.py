"""Signs of gaming: shown to the office, never punished by the machine."""
