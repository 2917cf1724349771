"""The country: packages that universities hand in, what may be published of them, and the picture of all."""
