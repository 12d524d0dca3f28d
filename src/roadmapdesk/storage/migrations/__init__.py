"""Steps from each released schema to the next; loaded only when a file's version differs.

There is no way back, so no step has a ``downgrade``: `docs/adr/0017-no-way-back.md` says why.
"""
