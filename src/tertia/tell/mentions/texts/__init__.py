"""What is read out of texts: feeds of outlets, reprints, the activity that a piece is about, claims in a story. No Django."""

from __future__ import annotations
