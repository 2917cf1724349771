"""Involvement (S11): self-assessment by published frameworks, proposed from records and decided with outsiders; peers, never a league table."""
