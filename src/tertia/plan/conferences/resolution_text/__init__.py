"""Reads a resolution: title, date, addressees, and its recommendations word for word, from text, DOCX or PDF.

Pure: no Django. `read_file` and `read_text` are the surface; the command is `tertia resolution read FILE --json`.
"""

from tertia.plan.conferences.resolution_text.model import Group, Item, Passage, Resolution, Unreadable
from tertia.plan.conferences.resolution_text.read import read_bytes, read_file, read_text

__all__ = ["Group", "Item", "Passage", "Resolution", "Unreadable", "read_bytes", "read_file", "read_text"]
