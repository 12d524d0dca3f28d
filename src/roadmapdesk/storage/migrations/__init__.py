"""Steps from each released schema to the next; loaded only when a file's version differs."""
