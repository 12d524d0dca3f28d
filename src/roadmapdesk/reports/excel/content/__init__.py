"""What stands on each sheet, made from disclosed facts only; `book.build_book` puts them together.

May import reports, scoring.disclosed and figures.palette. Each module makes a group of sheets; a sheet without
content at the level is left out.
"""
