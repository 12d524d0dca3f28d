"""Tables over frozen values: a model configured with columns, and a proxy that sorts and filters it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from typing_extensions import override

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class Role:
    """Our own data roles."""

    OBJECT = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2
    SECOND_LINE = Qt.ItemDataRole.UserRole + 3
    ICON = Qt.ItemDataRole.UserRole + 4
    TONE = Qt.ItemDataRole.UserRole + 5
    STYLE = Qt.ItemDataRole.UserRole + 6


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        head: gives the translated head when asked.
        text: the shown text of a row.
        sort: what to sort by; the text when left out.
        second_line: a grey second line.
        icon: Lucide name before the text, or empty.
        tone: token of the text's colour.
        is_number: right-aligned with tabular figures.
        is_strong: weight 600.
        width: pixels at 100 % text; 0 takes what is left.
    """

    head: Callable[[], str]
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    second_line: Callable[[Row], str] | None = None
    icon: Callable[[Row], str] | None = None
    tone: Callable[[Row], str] | None = None
    is_number: bool = False
    is_strong: bool = False
    width: int = 0

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers right, everything else left."""
        side = Qt.AlignmentFlag.AlignRight if self.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def value(self, row: Row, role: int) -> Any:  # noqa: ANN401 — a cell's value depends on the role
        """What the column says about `row` in one of our roles or a role of Qt."""
        readers: dict[int, Callable[[Row], Any] | None] = {
            Qt.ItemDataRole.DisplayRole: self.text,
            Role.SORT: self.sort or self.text,
            Role.SECOND_LINE: self.second_line,
            Role.ICON: self.icon,
            Role.TONE: self.tone,
        }
        reader = readers.get(role)
        return reader(row) if reader is not None else None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of frozen values, one per row.

    Args:
        columns: how each value becomes cells.
        sentence: the whole row as one sentence for the screen reader.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        sentence: Callable[[Row], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._sentence = sentence
        self._rows: tuple[Row, ...] = ()

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns from left to right."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The values in the model's own order."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows other values."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def retranslate(self) -> None:
        """Has heads and cells read again in the present language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = self._columns[index.column()]
        if role == Role.OBJECT:
            return row
        if role == Role.STYLE:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row) if self._sentence is not None else column.text(row)
        return column.value(row, role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].head()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._columns[section].alignment
        return None


class FilterProxy(QSortFilterProxyModel):
    """Sorts by what each column says, and shows the rows that a predicate accepts."""

    def __init__(self, source: RowsModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._accepts: Callable[[Any], bool] = lambda _row: True
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(Role.SORT)

    def set_filter(self, accepts: Callable[[Any], bool]) -> None:
        """Shows only rows for which `accepts` holds."""
        self._accepts = accepts
        self.invalidate()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        return self._accepts(self._source.rows[source_row])

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left, right = source_left.data(Role.SORT), source_right.data(Role.SORT)
        if isinstance(left, str) and isinstance(right, str):
            return left.casefold() < right.casefold()
        return bool(left < right)
