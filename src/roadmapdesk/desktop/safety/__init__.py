"""Keeping and giving back: backups, versions of an interview, erasure, passphrase, contact list, log of exports.

May import what pages may. Entry points: the pages `backups_page`, `versions_page`, `erasure_page`, `exports_page`,
`contacts_page`; the dialogs of `passphrase`, `recovery_key` and `trouble`.
"""
