"""ActivityPub (W3C Recommendation of 23 January 2018): what is said and how it is signed. No Django."""

from __future__ import annotations
