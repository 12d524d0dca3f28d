"""A signature, a drawing, or a picture to draw on, kept as an attached image."""

import hashlib
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.controls.images import read_image
from roadmapdesk.desktop.interview.controls.sketch_pad import SketchPad
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

RESTING_MS = 900
_MOST_KEPT = 12
_INKS = {
    N_("Black"): Qt.GlobalColor.black,
    N_("Red"): Qt.GlobalColor.red,
    N_("Blue"): Qt.GlobalColor.blue,
}


class DrawingField(AttachmentField):
    """Free drawing (appearance ``draw``), stored when the pen rests; a file can be chosen instead."""

    sheet: ClassVar[QSize] = QSize(640, 360)
    has_line: ClassVar[bool] = False
    has_inks: ClassVar[bool] = True
    needs_picture: ClassVar[bool] = False

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._pad = SketchPad(self.sheet, theme=theme, has_line=self.has_line, parent=self)
        self._undo = Button("", theme=theme, variant="compact", icon="undo-2", parent=self)
        self._clear = Button("", theme=theme, variant="compact", icon="x", parent=self)
        self._ink = ComboBox(theme=theme, parent=self)
        self._ink.setVisible(self.has_inks)
        self._advice = Text("", type_style="caption", tone="muted", parent=self)
        self._shown_name = ""
        self._kept: dict[str, bytes] = {}
        self._is_storing = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTING_MS)
        self._resting.timeout.connect(self._store)
        self._pad.changed.connect(self._on_pad_changed)
        self._pad.clearing_wanted.connect(self._on_clear_clicked)
        self._undo.clicked.connect(self._pad.undo_stroke)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._ink.currentIndexChanged.connect(self._on_ink_changed)
        self._place()

    def _place(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for tool in (self._ink, self._undo, self._clear):
            tools.addWidget(tool)
        tools.addStretch(1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._pad, 0, Qt.AlignmentFlag.AlignLeft)
        layout.insertLayout(1, tools)
        layout.insertWidget(2, self._advice)

    @property
    def pad(self) -> SketchPad:
        """The sheet."""
        return self._pad

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        view = self.view
        self._undo.setText(_("Undo the last stroke"))
        self._undo.set_shortcut_hint(_("Undo the last stroke"), "Backspace")
        self._clear.setText(_("Clear the drawing"))
        self._clear.set_shortcut_hint(_("Clear the drawing"), "Del")
        self._advice.setText(self._advice_text())
        if view.text != self._shown_name and not self._resting.isActive():
            self._show_stored(view.text)
        self._retranslate_inks()
        self._enable()

    @override
    def _show_shown(self) -> None:
        super()._show_shown()
        self._picture.hide()  # the sheet shows it large

    def _advice_text(self) -> str:
        if self.needs_picture and not self._pad.has_picture:
            return _("Choose, paste or drop a picture first; then draw on it with the mouse or a pen.")
        return _("Draw with the mouse or a pen, or choose a picture below. What is drawn is stored by itself.")

    def _retranslate_inks(self) -> None:
        self._ink.refill([(name, _(name)) for name in _INKS], _("Colour of the pen"))

    def _enable(self) -> None:
        is_open = not self.view.is_readonly
        self._pad.setEnabled(is_open)
        self._pad.setVisible(self._pad.has_picture or not self.needs_picture)
        self._ink.setEnabled(is_open)
        self._undo.setEnabled(is_open and self._pad.has_strokes)
        self._clear.setEnabled(
            is_open and (self._pad.has_strokes or (bool(self.view.text) and not self.needs_picture))
        )

    def _show_stored(self, name: str) -> None:
        """Shows the drawing of another answer, after undo for example; bytes not known here come by `show_bytes`."""
        self._shown_name = name
        self._pad.show_picture(read_image(self._kept.get(name, b"")))

    @override
    def show_bytes(self, data: bytes) -> None:
        if self._is_storing or self._kept.get(self.view.text) == data:
            return  # it is on the sheet already, and its strokes can still be taken back
        self._shown_name = self.view.text
        self._keep(self._shown_name, data)
        self._pad.show_picture(read_image(data))
        self._advice.setText(self._advice_text())
        self._enable()

    @override
    def offer_bytes(self, name: str, data: bytes) -> None:
        if data and not self._is_storing and read_image(data).isNull():
            self.input_refused.emit(_("This file is not an image that can be read. Nothing was attached."))
            return
        if not self._is_storing:
            self.commit()  # what was drawn becomes an answer of its own, which undo brings back
        super().offer_bytes(name, data)

    def _keep(self, name: str, data: bytes) -> None:
        """Remembers the last few drawings, so that undo shows them at once."""
        if name:
            self._kept[name] = data
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def _store(self) -> None:
        """Attaches what is on the sheet; an empty sheet takes the answer away."""
        self._resting.stop()
        if not (self._pad.has_strokes or self._pad.has_picture):
            self._shown_name = ""
            self.answer_chosen.emit("")
            return
        data = self._pad.to_png()
        fresh = f"{self.view.name}-{hashlib.sha256(data).hexdigest()[:8]}.png"
        name = next((name for name, kept in self._kept.items() if kept == data), fresh)  # one name for one content
        self._keep(name, data)
        self._shown_name = name
        self._is_storing = True
        self.offer_bytes(name, data)
        self._is_storing = False
        self._enable()

    @override
    def commit(self) -> None:
        super().commit()
        if self._resting.isActive():
            self._store()

    @override
    def clear_answer(self) -> None:
        if self._view is not None and not self.view.is_readonly:
            self._resting.stop()
            self._shown_name = ""
            self._pad.show_picture(QImage())
            super().clear_answer()
            self._enable()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        pad = () if self._pad.isHidden() else (self._pad,)
        ink = (self._ink,) if self.has_inks else ()
        return (*pad, *ink, self._undo, self._clear, *super().inputs())

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        self._pad.setAccessibleName(_("{question}: sheet to draw on").format(question=question))
        self._ink.setAccessibleName(_("{question}: colour of the pen").format(question=question))
        for button in (self._undo, self._clear):
            button.setAccessibleName(f"{question}: {button.text()}")
        description = ". ".join(part for part in (self._advice.text().rstrip("."), self._description) if part)
        self._pad.setAccessibleDescription(description)

    def _on_pad_changed(self) -> None:
        self._resting.start()
        self._enable()

    def _on_clear_clicked(self) -> None:
        if self.view.is_readonly:
            return
        if self.needs_picture:
            self._pad.clear_strokes()
        elif self._pad.has_strokes or self._pad.has_picture:
            self.clear_answer()

    def _on_ink_changed(self) -> None:
        self._pad.colour = QColor(_INKS.get(str(self._ink.currentData()), Qt.GlobalColor.black))


class SignatureField(DrawingField):
    """A signature (appearance ``signature``): a low sheet with a line to sign on, in black."""

    sheet: ClassVar[QSize] = QSize(560, 170)
    has_line: ClassVar[bool] = True
    has_inks: ClassVar[bool] = False

    @override
    def _advice_text(self) -> str:
        return _("Sign with the mouse or a pen, or choose a picture of the signature below.")


class AnnotateField(DrawingField):
    """A picture to draw on (appearance ``annotate``); clearing takes the strokes away and leaves the picture."""

    needs_picture: ClassVar[bool] = True

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._pad.colour = QColor(Qt.GlobalColor.red)

    @override
    def _retranslate_inks(self) -> None:
        is_first = self._ink.count() == 0
        super()._retranslate_inks()
        if is_first:
            self._ink.setCurrentIndex(self._ink.findData("Red"))
