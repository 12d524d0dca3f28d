"""Remembering a key in the system's own key store, only where a person asked for it on this computer.

Where there is no such store the program asks each time; the key is never kept in a file instead.
"""

from importlib import import_module
from types import ModuleType

from roadmapdesk.storage import keys
from roadmapdesk.storage.errors import KeyRefused
from roadmapdesk.storage.keys import FileKey

_SERVICE = "RoadmapDesk"


def _keyring() -> ModuleType | None:
    try:
        store = import_module("keyring")  # an optional extra
        import_module("keyring.errors")
    except ImportError:
        return None
    return store


def remember(project_id: str, key: FileKey) -> bool:
    """Keeps the key for this project; False where the system has no key store or refuses."""
    store = _keyring()
    if store is None:
        return False
    try:
        store.set_password(_SERVICE, project_id, keys.to_recovery_key(key.key))
    except store.errors.KeyringError:
        return False
    return True


def recall(project_id: str) -> str | None:
    """The recovery key that was remembered for this project, to be given to `open_project`; None without one."""
    store = _keyring()
    if store is None:
        return None
    try:
        text = store.get_password(_SERVICE, project_id)
        if text is not None:
            keys.from_recovery_key(text)
    except (store.errors.KeyringError, KeyRefused):
        return None
    return None if text is None else str(text)


def forget(project_id: str) -> None:
    """Removes what was remembered; nothing happens where nothing was."""
    store = _keyring()
    if store is None:
        return
    try:
        store.delete_password(_SERVICE, project_id)
    except store.errors.KeyringError:
        return
