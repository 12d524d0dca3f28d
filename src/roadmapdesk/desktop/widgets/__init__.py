"""Reusable pieces of the window that know nothing of interviews, actors or scores.

May import `theme`, `style`, `jobs` and Qt. Each piece takes a few setters in and sends meaningful signals out; texts
come in translated. Entry points: `form_row.FormRow`, `buttons.Button`, `labels.Text`, `tables.TableView`.
"""
