"""The bottom line: what was saved when, what needs a person, and at the right backup, file, language, text size."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QToolButton, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.wording import LANGUAGE_NAMES, when
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

OLDEST_BACKUP = timedelta(days=1)
"""From this age on a person is warned."""


class _Item(QToolButton):
    """One entry: icon and words; a button where it leads somewhere."""

    def __init__(self, icon: str | None, tone: str, *, theme: Theme, can_press: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._has_words = False
        self._has_room = True
        self.setProperty("variant", "status")
        self.setProperty("tone", tone)
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if icon else Qt.ToolButtonStyle.ToolButtonTextOnly
        )
        if icon:
            self.setIcon(theme.icon(icon, tone))
        self._update_icon_size()
        theme.changed.connect(self._update_icon_size)
        if not can_press:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, text: str, *, tooltip: str = "") -> None:
        """Shows the words; empty hides the entry."""
        self._has_words = bool(text)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setVisible(self._has_words and self._has_room)

    def give_room(self, has_room: bool) -> None:
        """Hides the entry where the line is too short for all, and shows it again."""
        if has_room != self._has_room:
            self._has_room = has_room
            self.setVisible(self._has_words and has_room)

    @property
    def has_words(self) -> bool:
        """Whether it says something, there or not."""
        return self._has_words

    def _update_icon_size(self) -> None:
        side = self._theme.px(16)
        self.setIconSize(QSize(side + 4, side))

    def dress(self, icon: str, tone: str) -> None:
        """Takes another icon and tone, for an entry that may become a warning."""
        if self.property("tone") == tone:
            return
        self.setProperty("tone", tone)
        self.setIcon(self._theme.icon(icon, tone))
        self.style().unpolish(self)
        self.style().polish(self)


class StatusBar(QWidget):
    """The bottom line of the main window.

    Attributes:
        problems_pressed: go to the next problem.
        warning_pressed: look at what holds for the whole project again.
        fault_pressed: show what is known of an unexpected fault.
        backup_pressed: make or look at a backup.
        file_pressed: show the project's folder.
        language_pressed: switch the language of the program.
        text_size_pressed: choose a text size.
    """

    problems_pressed = Signal()
    warning_pressed = Signal()
    fault_pressed = Signal()
    backup_pressed = Signal()
    file_pressed = Signal()
    language_pressed = Signal()
    text_size_pressed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self._theme = theme
        self._saved_at: datetime | None = None
        self._backup: tuple[datetime | None, bool] | None = None
        self._file: Path | None = None
        make = self._make
        self.saved = make("circle-check", "saved")
        self.problems = make("circle-alert", "error", can_press=True)
        self.fault = make("circle-alert", "error", can_press=True)
        self.place = make(None, "text_muted")
        self.check = make("refresh-cw", "text_muted")
        self.warning = make("triangle-alert", "warning", can_press=True)
        self.backup = make("history", "text_muted", can_press=True)
        self.file = make("folder", "text_muted", can_press=True)
        self.language = make(None, "text_muted", can_press=True)
        self.text_size = make(None, "text_muted", can_press=True)
        self.text_size.setProperty("place", "last")
        self._items = tuple(self.findChildren(_Item))
        self._build()
        self._connect()
        self.retranslate()

    def set_saved(self, moment: datetime | None) -> None:
        """Says when the last change reached the file; None before the first one."""
        self._saved_at = moment
        text = ""
        if moment is not None:
            text = _("Saved {time}").format(time=f"{moment.astimezone():%H:%M:%S}")
        self.saved.say(text, tooltip=_("Every answer is in the file at once."))

    def set_problems(self, count: int, sentence: str) -> None:
        """Says what needs a person; 0 hides it."""
        self.problems.say(sentence if count else "", tooltip=_("Go to the next one (F8)"))

    def set_place(self, text: str) -> None:
        """Says where in the page the person is."""
        self.place.say(text)

    def set_warning(self, text: str) -> None:
        """Says in a few words what holds for the whole project and needs a person; empty hides it."""
        self.warning.say(text, tooltip=_("Show the message again"))

    def set_check(self, done: int, total: int) -> None:
        """Says how far the look at every page of the project's files is; a total of 0 hides it."""
        text = _("Checking the file: {done} of {total}").format(done=done, total=total) if total else ""
        self.check.say(text, tooltip=_("Every part of the project file is read once after opening; work goes on."))

    def set_fault(self, is_known: bool) -> None:
        """Says that something unexpected happened in this session."""
        self.fault.say(
            _("Unexpected fault") if is_known else "",
            tooltip=_("Everything shown as saved is safe. Show the details"),
        )

    def set_backup(self, moment: datetime | None, *, is_wanted: bool = True) -> None:
        """Says when the last backup was made; a project without any says so."""
        self._backup = (moment, is_wanted)
        is_old = moment is not None and datetime.now(UTC) - moment > OLDEST_BACKUP
        self.backup.dress(*(("triangle-alert", "warning") if is_old else ("history", "text_muted")))
        if not is_wanted:
            self.backup.say("")
        elif moment is None:
            self.backup.say(_("No backup yet"), tooltip=_("Back up now"))
        else:
            tooltip = _("The last backup is older than a day. Back up now") if is_old else _("Back up now")
            self.backup.say(_("Backup {when}").format(when=when(moment)), tooltip=tooltip)

    def follow_clock(self) -> None:
        """Says anew what depends on the time of day."""
        if self._backup is not None:
            self.set_backup(self._backup[0], is_wanted=self._backup[1])

    def set_file(self, path: Path | None) -> None:
        """Names the project folder."""
        self._file = path
        self.file.say(path.name if path else "", tooltip=str(path or ""))

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.set_saved(self._saved_at)
        self.follow_clock()
        if not self.fault.isHidden():
            self.set_fault(True)
        self.language.say(LANGUAGE_NAMES[current_language().code], tooltip=_("Switch the language of the program"))
        self._update_text_size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("border"))
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._share_room()
        return super().event(event)

    @override
    def minimumSizeHint(self) -> QSize:
        """What stays in any case; the rest does not keep the window from becoming narrow."""
        stays = (item for item in self._items if item not in {self.language, self.place, self.file})
        width = sum(item.sizeHint().width() for item in stays if item.has_words)
        return QSize(width + 2 * self._theme.space("s"), self._theme.height("status_bar"))

    def _share_room(self) -> None:
        """Hides first what title and menus say as well, where the line is too short for all."""
        room = self.width() - 2 * self._theme.space("s")
        needed = sum(item.sizeHint().width() for item in self._items if item.has_words)
        for item in (self.language, self.place, self.file):
            is_short = needed > room
            if is_short and item.has_words:
                needed -= item.sizeHint().width()
            item.give_room(not is_short)

    def _make(self, icon: str | None, tone: str, *, can_press: bool = False) -> _Item:
        return _Item(icon, tone, theme=self._theme, can_press=can_press, parent=self)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(self._theme.space("s"), 1, self._theme.space("s"), 0)
        layout.setSpacing(0)
        for item in (self.saved, self.fault, self.problems, self.place):
            layout.addWidget(item)
            item.hide()
        layout.addStretch(1)
        for item in (self.check, self.warning, self.backup, self.file, self.language, self.text_size):
            layout.addWidget(item)
        self.check.hide()
        self.warning.hide()
        self.backup.hide()
        self.file.hide()

    def _connect(self) -> None:
        self.problems.clicked.connect(self.problems_pressed)
        self.fault.clicked.connect(self.fault_pressed)
        self.warning.clicked.connect(self.warning_pressed)
        self.backup.clicked.connect(self.backup_pressed)
        self.file.clicked.connect(self.file_pressed)
        self.language.clicked.connect(self.language_pressed)
        self.text_size.clicked.connect(self.text_size_pressed)
        self._theme.changed.connect(self._update_text_size)

    def _update_text_size(self) -> None:
        self.setFixedHeight(self._theme.height("status_bar"))
        percent = current_language().percent(self._theme.factor)
        self.text_size.say(_("Text {percent}").format(percent=percent), tooltip=_("Text size (Ctrl++ and Ctrl+−)"))
