"""Lists that registrars keep: looked through first, taken in so that they can be broken off, repeated and undone."""
