"""Calendars beside the Gregorian one, as ODK forms ask for them; stored dates stay Gregorian.

`registry.CALENDARS` maps the appearance to a `system.Calendar`. Pure; imports nothing of the program.
"""
