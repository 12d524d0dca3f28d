"""Plays the sounds and shows the films that came with a form, for a page of its questions.

A form may ask for it by the attribute `autoplay` of a question: its sound or film then begins when the question is
entered, where the preferences allow it and the page has nothing against it.
"""

import mimetypes
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interview.label_media import Clip, clip_at_entering
from roadmapdesk.desktop.media.copies import Copies
from roadmapdesk.desktop.media.sound import Playing, Sound, SoundError
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.workspace.attachments import FileContent, FileState

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.section_page import SectionPage
    from roadmapdesk.storage.project import Project

_PLAYING_MS = 200


class FormMedia(QObject):
    """One sound at a time; the same button stops it.

    Args:
        questions: the page whose buttons are served.
        project: whose form it is; films of an encrypted one are only handed on after a question.
        desk: jobs and prompts.
        sound: the loudspeaker.
        tell: says why something cannot be played.
        may_begin: whether sounds and films may begin by themselves now.
        parent: the window of dialogs.

    Attributes:
        began: a sound begins; other sounds stop.
    """

    began = Signal()

    def __init__(
        self,
        *,
        questions: "SectionPage",
        project: "Project",
        desk: Desk,
        sound: Sound,
        tell: Callable[[str], object],
        may_begin: Callable[[], bool] = lambda: True,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._questions = questions
        self._desk = desk
        self._sound = sound
        self._tell = tell
        self._may_begin = may_begin
        self._entered = ""
        self._begun_at = ""
        self._films_shown: set[str] = set()
        self._copies = Copies(page=parent, project=project, desk=desk)
        self._playing: Playing | None = None
        self._asked = ("", "")
        self._timer = QTimer(self)
        self._timer.setInterval(_PLAYING_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        questions.clip_wanted.connect(self.run)
        questions.question_entered.connect(self._on_question_entered)
        questions.row_made.connect(lambda _row: self._show())

    def run(self, ref: str, clip: Clip) -> None:
        """Plays a sound or stops it; hands a film to the program that shows films."""
        is_same = self._asked == (ref, clip.name)
        self.halt()
        if clip.is_film or not is_same:
            self._begin(ref, clip, failed=self._on_failed)

    def _begin(self, ref: str, clip: Clip, failed: Callable[[Exception], None]) -> None:
        row = self._questions.row(ref)
        data = row.view.resource(clip.name) if row is not None else None
        if data is None:
            return
        if clip.is_film:
            mime = mimetypes.guess_type(clip.name)[0] or "video/mp4"
            self._copies.open(lambda: FileContent(clip.name, FileState.SOUND, len(data), mime, data=data))
        else:
            self._play(ref, clip.name, data, failed)

    def _on_question_entered(self, ref: str) -> None:
        """Begins what the form wants to begin by itself; a page that is built anew enters its question again."""
        if ref == self._entered:
            return
        self._entered = ref
        if self._begun_at:
            self.halt()  # what began by itself ends with its question
        row = self._questions.row(ref)
        clip = clip_at_entering(row.view) if row is not None else None
        if clip is None or not self._desk.settings.get(keys.PLAYS_BY_ITSELF) or not self._may_begin():
            return
        if clip.is_film:  # another program comes to the front: once is enough
            if ref in self._films_shown:
                return
            self._films_shown.add(ref)
        self.halt()
        self._begun_at = ref
        self._begin(ref, clip, failed=self._on_failed_unasked)

    def _play(self, ref: str, name: str, data: bytes, failed: Callable[[Exception], None]) -> None:
        self.began.emit()
        asked = self._asked = (ref, name)
        sound = self._sound

        def done(playing: Playing) -> None:
            if self._asked != asked:  # stopped while the loudspeaker was being opened
                playing.stop()
                return
            self._playing = playing
            self._timer.start()
            self._show()

        self._desk.jobs.run(lambda _control: sound.play(data), done=done, failed=failed, owner=self)

    def _on_failed_unasked(self, error: Exception) -> None:
        """Nobody asked for the sound: without a loudspeaker it stays away, and its button says why when pressed."""
        self._asked = ("", "")
        if not isinstance(error, SoundError):
            raise error

    def _on_failed(self, error: Exception) -> None:
        self._asked = ("", "")
        if not isinstance(error, SoundError):
            raise error
        self._tell(error.sentence)

    def halt(self) -> None:
        """Stops what is being played."""
        playing, self._playing = self._playing, None
        self._timer.stop()
        self._asked = ("", "")
        self._begun_at = ""
        if playing is not None:
            playing.stop()
            self._show()

    def close(self) -> None:
        """Lets go of the loudspeaker, and of films that were handed on."""
        self.halt()
        self._copies.close()

    def _on_timer_timeout(self) -> None:
        if self._playing is None or self._playing.is_over:
            self.halt()

    def _show(self) -> None:
        ref, name = self._asked if self._playing is not None else ("", "")
        for row in self._questions.shown_rows():
            row.show_clip_playing(name if row.ref == ref else "")
