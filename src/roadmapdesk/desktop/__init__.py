"""The Qt desktop program."""
