"""Tertia: software with which universities run the third mission of higher education."""

__version__ = "0.9.0"
