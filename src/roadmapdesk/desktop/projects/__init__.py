"""Opening, creating, backing up and closing projects, with their dialogs.

May import `pages`, `widgets`, `settings` and `workspace`. Entry points: `door.ProjectDoor`,
`backups.ProjectBackups`.
"""
