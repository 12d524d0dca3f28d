"""The points of a line or shape as a table of typed texts, with an empty row at the end for the next point."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.coordinates import Fields, read_fields
from roadmapdesk.desktop.interview.controls.line import clean_typed
from roadmapdesk.desktop.interview.controls.numbers import show_number
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

Index = QModelIndex | QPersistentModelIndex
_EMPTY: Fields = ("", "", "", "")


def field_names() -> tuple[str, str, str, str]:
    """What the four fields of a point are called."""
    return _("Latitude"), _("Longitude"), _("Altitude in m"), _("Accuracy in m")


class PointModel(QAbstractTableModel):
    """Rows of latitude, longitude, altitude and accuracy as typed.

    Attributes:
        edited: a person changed the points.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Fields] = []
        self.is_locked = False

    @property
    def count(self) -> int:
        """The number of points, the empty row at the end not counted."""
        return len(self._rows)

    def typed(self) -> tuple[Fields, ...]:
        """The texts of all points."""
        return tuple(self._rows)

    def show_points(self, points: Sequence[Fields], *, locked: bool) -> None:
        """Shows stored points as the language writes numbers, without reporting an edit."""
        self.beginResetModel()
        self._rows = [_shown(point) for point in points]
        self.is_locked = locked
        self.endResetModel()

    def insert(self, row: int, points: Sequence[Fields]) -> None:
        """Inserts stored points, or empty ones, before a row."""
        row = min(max(row, 0), len(self._rows))
        self.beginInsertRows(QModelIndex(), row, row + len(points) - 1)
        self._rows[row:row] = [_shown(point) for point in points]
        self.endInsertRows()
        self._tell()

    def insert_empty(self, row: int) -> None:
        """Inserts an empty point before a row."""
        self.insert(row, [_EMPTY])

    def remove(self, row: int) -> bool:
        """Removes a point; False where there is none."""
        if not 0 <= row < len(self._rows):
            return False
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()
        self._tell()
        return True

    def move(self, row: int, steps: int) -> bool:
        """Moves a point up (-1) or down (1); False where it stands at the end."""
        target = row + steps
        if not (0 <= row < len(self._rows) and 0 <= target < len(self._rows)):
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + 1 if target > row else target)
        self._rows.insert(target, self._rows.pop(row))
        self.endMoveRows()
        self._tell()
        return True

    def _tell(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        self.edited.emit()

    def problem(self, row: int) -> str:
        """What is wrong with a point; an empty row is incomplete only between others."""
        if row >= len(self._rows):
            return ""
        fields, problem = read_fields(self._rows[row], current_language())
        return problem or ("" if any(fields) else _("A point needs latitude and longitude."))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — the signature that Qt asks for
        return 0 if parent.isValid() else len(self._rows) + (0 if self.is_locked else 1)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — the signature that Qt asks for
        return 0 if parent.isValid() else len(_EMPTY)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.is_locked else flags | Qt.ItemFlag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()] if index.row() < len(self._rows) else _EMPTY
        text = row[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.problem(index.row()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Point {number}, {field}: {value}").format(
                number=index.row() + 1, field=field_names()[index.column()], value=text or _("empty")
            )
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = clean_typed(str(value)).strip()
        if self.is_locked or role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if text == self.data(index):
            return True
        if index.row() == len(self._rows):
            self.beginInsertRows(QModelIndex(), index.row() + 1, index.row() + 1)
            self._rows.append(_EMPTY)
            self.endInsertRows()
        fields = list(self._rows[index.row()])
        fields[index.column()] = text
        self._rows[index.row()] = (fields[0], fields[1], fields[2], fields[3])
        self.dataChanged.emit(index, index)
        self._tell()
        return True

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return field_names()[section]
            return str(section + 1) if section < len(self._rows) else "+"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _shown(point: Fields) -> Fields:
    language = current_language()
    latitude, longitude, altitude, accuracy = (show_number(part, language) for part in point)
    is_unknown = altitude in {"0", "0,0", "0.0"} and accuracy in {"0", "0,0", "0.0"}
    return (latitude, longitude, "", "") if is_unknown else (latitude, longitude, altitude, accuracy)
