"""Pages of volunteering: finding and signing up, planning, the door, one's own shifts."""
