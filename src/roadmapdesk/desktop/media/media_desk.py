"""Serves the files and the sound of one interview page: shows, opens, copies, records, plays, and finds again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.controls.audio import AudioField
from roadmapdesk.desktop.media.copies import Copies, Read
from roadmapdesk.desktop.media.files_dialog import FilesDialog
from roadmapdesk.desktop.media.form_media import FormMedia
from roadmapdesk.desktop.media.found import Found, look_after_interruption, loose_words, rescued_words
from roadmapdesk.desktop.media.microphone_desk import MicrophoneDesk
from roadmapdesk.desktop.media.shown_file import PREVIEW, ShownFile, shown_file
from roadmapdesk.desktop.media.sound import Playing, Sound
from roadmapdesk.desktop.media.strip import NO_SOUND, RecordingStrip, SoundState
from roadmapdesk.desktop.media.words import clock_words
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.attachments import WHOLE_INTERVIEW, read_file
from roadmapdesk.workspace.recordings import wants_recording

if TYPE_CHECKING:
    from roadmapdesk.desktop.interview.page import InterviewPage
    from roadmapdesk.desktop.interview.question_row import QuestionRow
    from roadmapdesk.desktop.interview.section_page import SectionPage
    from roadmapdesk.desktop.media.recorder import Take

_PLAYING_MS = 200
_PATTERNS = {
    "image": ("*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.bmp", "*.tif", "*.tiff"),
    "audio": ("*.flac", "*.wav", "*.mp3", "*.m4a", "*.ogg", "*.opus", "*.amr", "*.webm"),
    "video": ("*.mp4", "*.mov", "*.webm", "*.mkv", "*.3gp"),
}


class MediaDesk(QObject):
    """What an interview page does with files and sound.

    Args:
        page: the page; its conductor and its rows are used.
        project: the open project.
        desk: jobs, prompts and theme.
        sound: microphone and loudspeaker.
    """

    def __init__(self, *, page: "InterviewPage", project: Project, desk: Desk, sound: Sound) -> None:
        super().__init__(page)
        self._page = page
        self._project = project
        self._desk = desk
        self._sound = sound
        self.copies = Copies(page=page, project=project, desk=desk, interview=lambda: page.item_id)
        self.strip = RecordingStrip(theme=desk.theme, parent=page)
        self.strip.setContentsMargins(21, 5, 21, 5)
        self.microphone = MicrophoneDesk(
            conductor=page.conductor, jobs=desk.jobs, sound=sound, short=page.places.short, parent=self
        )
        self._playing: Playing | None = None
        self._played = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_PLAYING_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        desk.theme.changed.connect(page.header_changed)
        self.strip.command_given.connect(lambda command: self.run(self.microphone.recorder.ref, command))
        self.microphone.changed.connect(self.show_sound)
        self.microphone.stored.connect(self._on_microphone_stored)
        self.microphone.stopped.connect(self._on_microphone_stopped)
        self.microphone.told.connect(lambda words: page.closing.say_media("warning", words))

    def serve(self, questions: "SectionPage") -> None:
        """Does what the controls of a page of questions want from now on."""
        self.clips = FormMedia(
            questions=questions,
            project=self._project,
            desk=self._desk,
            sound=self._sound,
            tell=lambda words: self._page.closing.say_media("warning", words),
            may_begin=lambda: self._page.interview.is_open and not self.microphone.recorder.is_busy,
            parent=self._page,
        )
        self.clips.began.connect(self.halt)
        questions.row_made.connect(self.show)
        questions.file_offered.connect(self.attach)
        questions.file_wanted.connect(self.choose)
        questions.media_wanted.connect(self.run)

    def show(self, row: "QuestionRow") -> None:
        """Fills a row that appeared."""
        if isinstance(row.control, AttachmentField) and row.view.text:
            self._load(row.ref)
        if isinstance(row.control, AudioField):
            self.microphone.probe()
            row.control.show_sound(self.microphone.view(row.ref))

    def show_sound(self) -> None:
        """Brings every recorder on the page, the strip above it and the header in line with the microphone."""
        recorder = self.microphone.recorder
        is_on_page = False
        for row in self._page.questions.shown_rows():
            if isinstance(row.control, AudioField):
                row.control.show_sound(self.microphone.view(row.ref))
                is_on_page |= row.ref == recorder.ref
        view = self.microphone.view(recorder.ref) if recorder.is_busy and not is_on_page else NO_SOUND
        if not recorder.is_busy:
            whole = self.microphone.view(WHOLE_INTERVIEW)
            view = whole if whole.state is SoundState.STORING else NO_SOUND
        self.strip.show_sound(view)
        self.show_header()

    def show_header(self) -> None:
        """Brings the header's button in line: there where the form lets the conversation be recorded."""
        page = self._page
        is_wanted = page.interview.is_open and wants_recording(page.interview)
        words = self.microphone.lock_words()
        if is_wanted:
            self.microphone.probe()
        is_busy = self.microphone.recorder.is_busy
        if page.controls.show_recording(is_wanted=is_wanted, lock=words, is_busy=is_busy):
            page.header_changed.emit()
        page.actions_by_key.by_key["record"].setEnabled(is_wanted)

    def run(self, ref: str, command: str) -> None:
        """Does what a control or a strip wants."""
        microphone = self.microphone
        commands: dict[str, Callable[[], object]] = {
            "show": lambda: self._load(ref),
            "open": lambda: self.copies.open(self._reader(ref)),
            "copy": lambda: self.copies.save(self._reader(ref)),
            "record": lambda: self._record(ref),
            "pause": microphone.pause,
            "continue": microphone.go_on,
            "stop": microphone.stop,
            "discard": self._ask_discard,
            "play": lambda: self.play(self._reader(ref), ref),
            "halt": self.halt,
        }
        commands[command]()

    def choose(self, ref: str) -> None:
        """Lets a person choose a file for a question."""
        row = self._page.questions.row(ref)
        if row is None or not isinstance(row.control, AttachmentField):
            return
        names = {"image": _("Images"), "audio": _("Sound recordings"), "video": _("Videos")}
        kind = row.control.kind
        kinds = (FileKind(names[kind], _PATTERNS[kind]), FileKind(_("All files"), ("*",))) if kind in names else ()
        self._desk.prompts.open_file(
            self._page, title=_("Choose a file to attach"), folder=Path.home(), kinds=kinds, chosen=row.control.offer
        )

    def attach(self, ref: str, name: str, data: bytes, mime: str) -> None:
        """Takes a file that was offered; what was deleted for good is refused at the control."""
        before = self._text(ref)
        refusal = self._page.conductor.attach(ref, name, data, mime)
        if self._text(ref) == before:
            self.reload(ref)  # the same file again mends one that was lost or damaged
        row = self._page.questions.row(ref)
        if refusal and row is not None and isinstance(row.control, AttachmentField):
            row.control.refuse(refusal)

    def _text(self, ref: str) -> str:
        return self._page.interview.view(ref).text

    def _reader(self, ref: str) -> Read:
        return partial(read_file, self._project, self._page.item_id, ref, self._text(ref))

    def reload(self, ref: str) -> None:
        """Reads the file of a question again, because it was deleted or came back."""
        if ref and any(row.ref == ref and row.view.text for row in self._page.questions.shown_rows()):
            self._load(ref)

    def _load(self, ref: str) -> None:
        """Reads the file of a question in the background, once everything that waits is written."""
        reader = self._reader(ref)
        side = self._desk.theme.px(PREVIEW)

        def look(_control: object) -> tuple[ShownFile, bytes | None]:
            content = reader()
            return shown_file(content, side), content.data if content.mime.startswith("image/") else None

        def read() -> None:
            self._desk.jobs.run(look, done=partial(self._show_file, ref), owner=self)

        self._page.conductor.queue.when_empty(read)

    def _show_file(self, ref: str, found: tuple[ShownFile, bytes | None]) -> None:
        for row in self._page.questions.shown_rows():
            if row.ref == ref and isinstance(row.control, AttachmentField):
                row.control.show_file(*found)

    def _record(self, ref: str) -> None:
        self._hush()
        quality = self._page.interview.view(ref).parameters.get("quality", "") if ref else ""
        self.microphone.record(ref, quality)

    def toggle(self) -> None:
        """The header's button: begins a recording of the whole conversation, or ends the one under way."""
        lock = self.microphone.lock
        if self.microphone.recorder.is_busy:
            self.microphone.stop()
        elif lock is not None:
            self._page.closing.say_media("info", self.microphone.lock_words, go_to=lock.ref, icon="lock")
        else:
            self._record(WHOLE_INTERVIEW)

    def _ask_discard(self) -> None:
        self._desk.prompts.ask(
            self._page,
            question=_("Discard this recording?"),
            consequence=_("{time} were recorded. They are deleted and cannot be brought back.").format(
                time=clock_words(self.microphone.recorder.seconds)
            ),
            confirm=_("Discard"),
            confirmed=self.microphone.discard,
            refuse=_("Go on recording"),
        )

    def _on_microphone_stored(self, ref: str, name: str) -> None:
        self._page.data_changed.emit()
        if not ref:
            self._page.closing.say_media(
                "ok",
                lambda: _("The recording is stored: {name}").format(name=name),
                action=_files_word,
                run=self.open_files,
            )

    def _on_microphone_stopped(self, take: "Take") -> None:
        """A lock ended the recording; what was recorded with consent is kept unless a person says otherwise."""
        self._desk.prompts.ask(
            self._page,
            question=_("The recording was stopped. Delete what was recorded?"),
            consequence=_("{reason} {time} were recorded before.").format(
                reason=self.microphone.lock_words(), time=clock_words(take.seconds)
            ),
            confirm=_("Delete the recording"),
            confirmed=partial(self.microphone.drop, take),
            refuse=_("Keep the recording"),
            refused=partial(self.microphone.keep, take),
        )

    def play(self, read: Read, ref: str = "", told: Callable[[str], object] | None = None) -> None:
        """Plays a stored recording.

        Args:
            read: reads it.
            ref: the question whose control shows how far it is.
            told: gets the reason where it cannot be played; the page's message by default.
        """
        self._hush()
        sound = self._sound
        tell = told or partial(self._page.closing.say_media, "warning")

        def begin(_control: object) -> Playing | ShownFile:
            content = read()
            return shown_file(content, PREVIEW) if content.data is None else sound.play(content.data)

        def done(playing: Playing | ShownFile) -> None:
            if isinstance(playing, ShownFile):
                tell(playing.problem)
                return
            self._playing, self._played = playing, ref
            self._timer.start()
            self._on_timer_timeout()

        self._desk.jobs.run(begin, done=done, failed=lambda error: tell(_sentence(error)), owner=self)

    def halt(self) -> None:
        """Stops playing."""
        playing, self._playing = self._playing, None
        self._timer.stop()
        if playing is not None:
            playing.stop()
            self._show_playing(None, 0.0)

    def _hush(self) -> None:
        """Stops playing, the sounds of the form included."""
        self.halt()
        self.clips.halt()

    @property
    def is_playing(self) -> bool:
        """Whether a recording is being played."""
        return self._playing is not None

    def _on_timer_timeout(self) -> None:
        playing = self._playing
        if playing is None or playing.is_over:
            self.halt()
        else:
            self._show_playing(playing.seconds, playing.length)

    def _show_playing(self, seconds: float | None, length: float) -> None:
        for row in self._page.questions.shown_rows():
            if row.ref == self._played and isinstance(row.control, AudioField):
                row.control.show_playing(seconds, length)

    def look_around(self) -> None:
        """Rescues recordings that a crash cut off and says what files belong to no answer."""
        if self._project.is_read_only:
            return
        project, interview_id = self._project, self._page.item_id
        self._desk.jobs.run(
            lambda _control: look_after_interruption(project, interview_id), done=self._on_looked, owner=self
        )

    def _on_looked(self, found: Found) -> None:
        conductor = self._page.conductor
        for recording, sound in found.rescued:
            ref = recording.ref
            if ref and not self._text(ref) and not conductor.desk.refusal(ref):
                conductor.answer(ref, sound.name)
        if found.rescued:
            self._say_found(lambda: rescued_words(found), "mic")
        elif found.loose:
            self._say_found(lambda: loose_words(found), "paperclip")

    def _say_found(self, words: Callable[[], str], icon: str) -> None:
        self._page.closing.say_media("info", words, action=_files_word, run=self.open_files, icon=icon)

    def open_files(self) -> None:
        """Shows all files of the interview."""
        page = self._page
        page.conductor.queue.when_empty(
            lambda: self._desk.prompts.show(
                FilesDialog(page=page, project=self._project, desk=self._desk, media=self, parent=page)
            )
        )

    def leave(self) -> None:
        """Ends and keeps what is being recorded; called before the page is left."""
        self._hush()
        self.microphone.stop()

    def close(self) -> None:
        """Lets go of devices and of copies that were opened elsewhere."""
        self.halt()
        self.clips.close()
        if self.microphone.recorder.is_busy:
            self.microphone.recorder.end()
        self.copies.close()


def _sentence(error: Exception) -> str:
    from roadmapdesk.desktop.interview.saving import sentence_of  # noqa: PLC0415 — the page's own words

    return sentence_of(error)


def _files_word() -> str:
    return _("Files …")
