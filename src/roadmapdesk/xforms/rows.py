"""Rows of a list as elements that hold their cells as plain texts, and become trees only where a path goes into them.

A list of 10,000 choices is 10,000 rows, of which one interview reads a few: the element of a cell is made when an
expression first asks for it. Filters, codes and labels read the texts (`Element.cell_text`) and make none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from roadmapdesk.xforms.tree import NO_ATTRIBUTES, Document, Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from roadmapdesk.xforms.tree import Node


class RowElement(Element):
    """One row of a list that never changes.

    Args:
        name: the element's name.
        parent: the list.
        columns: column → place in `cells`, in the order of the children.
        cells: the texts; None where the row has no such child.
    """

    __slots__ = ("_cells", "_columns")
    hidden = False  # what no row differs in belongs to all
    namespace = ""
    prefix = ""
    text = ""
    attributes = NO_ATTRIBUTES
    is_repeat = False
    declared = None
    _text_node = None

    def __init__(
        self, name: str, parent: Element, columns: Mapping[str, int], cells: Sequence[str | None]
    ) -> None:  # as `Element` does, but without `children`: reading them calls `__getattr__`
        self.parent = parent
        self.name = name
        self._index = None
        self._columns = columns
        self._cells = cells

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Sequence[Node]:
            if name != "children":
                raise AttributeError(name)
            self.children = [Element(column, text=text, parent=self) for column, text in self.cells()]
            return self.children

    @override
    def cell_text(self, name: str) -> str | None:
        place = self._columns.get(name)
        return None if place is None else self._cells[place]

    @override
    def cells(self) -> Iterator[tuple[str, str]]:
        cells = self._cells
        return ((name, text) for name, place in self._columns.items() if (text := cells[place]) is not None)


def document_of_rows(root: str, item: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Document:
    """A list that never changes: a root with one row element for each row.

    Args:
        root: name of the root.
        item: name of the rows.
        columns: names of the cells, each once.
        rows: one text for each column, None where the row has no such cell.
    """
    places = {name: place for place, name in enumerate(columns)}
    element = Element(root)
    element.children = [RowElement(item, element, places, cells) for cells in rows]
    document = Document(is_static=True)
    document.append(element)
    return document
