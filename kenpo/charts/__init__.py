"""Charts, one a file, and the colours they share."""
