"""Data that comes from or goes to other programs. Entry points: `calendar.write_calendar`."""
