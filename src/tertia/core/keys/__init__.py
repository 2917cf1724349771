"""Signing: an organisation's key signs what it hands in or freezes, and anybody verifies it without a server. No Django."""
