"""Pages of study: programmes and courses, one's own service, reflections, badges."""
