"""Computes the assessment in the background: one wave at one level, under stored or tried settings."""

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapdesk.desktop.jobs import Control, Job, Jobs
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import current_language
from roadmapdesk.scoring.profile import DEFAULT, Profile
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.evidence import Assessed, assess, keep_profile, refresh_if_changed

_PATIENCE_MS = 300
_REST_MS = 250


class Loader(QObject):
    """Keeps what it computed until the interviews or the settings change.

    Args:
        assessment: used on the database thread only.

    Attributes:
        loaded: carries the `Assessed`, or None while no interview is finished.
        failed: carries the exception; what was shown before still holds.
        grew_long: the work takes longer than a moment; carries True, and False at its end.
        advanced: (done, total).
        kept: the project has another profile of its own.
    """

    loaded = Signal(object)
    failed = Signal(object)
    grew_long = Signal(bool)
    advanced = Signal(int, int)
    kept = Signal()

    def __init__(self, *, project: Project, assessment: Assessment, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._jobs = jobs
        self._known: dict[tuple[str, Level], Assessed] = {}
        self._order = ("", Level.INTERNAL)
        self._job: Job | None = None
        self._trial: Profile | None = None
        self.stored = DEFAULT
        self._patience, self._rest = QTimer(self), QTimer(self)
        for timer, wait in ((self._patience, _PATIENCE_MS), (self._rest, _REST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._patience.timeout.connect(lambda: self.grew_long.emit(True))
        self._rest.timeout.connect(self._load_again)

    @property
    def is_working(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def forget(self) -> None:
        """Has everything computed again when it is next wanted."""
        self._known.clear()

    def load(self, wave: str, level: Level, *, reads_again: bool = False) -> None:
        """Tells `loaded` at once where wave and level are known, else after computing them.

        Args:
            wave: code of the wave; empty for the last one.
            level: who reads.
            reads_again: whether interviews may have changed.
        """
        self.stop()
        self._order = (wave, level)
        known = self._known.get((wave, level))
        if known is not None and not reads_again:
            self.loaded.emit(known)
            return
        project, assessment, trial = self._project, self._assessment, self._trial
        language = current_language()

        def work(control: Control) -> Assessed | None:
            if reads_again:
                refresh_if_changed(project, assessment)
            assessment.interviews(control.progress)
            if control.cancelled():
                return None
            scored = assessment if trial is None else assessment.what_if(trial)
            return assess(project, scored, level=level, language=language, wave=wave)

        self._patience.start()
        self._job = self._jobs.run(
            work, done=self._on_done, failed=self._on_failed, progress=self.advanced.emit, owner=self
        )

    def stop(self) -> None:
        """Drops what is under way."""
        if self._job is not None:
            self._job.cancel()
        self._end()

    def try_profile(self, profile: Profile | None) -> None:
        """Computes everything under other settings as soon as the sliders rest; None goes back to the stored ones."""
        self._trial = profile
        self.forget()
        self._rest.start()

    def keep(self, profile: Profile) -> None:
        """Makes a profile the project's own."""
        project, assessment = self._project, self._assessment
        self._jobs.run(lambda _control: keep_profile(project, assessment, profile), done=self._on_kept, owner=self)

    def _load_again(self) -> None:
        self.load(*self._order)

    def _on_done(self, assessed: Assessed | None) -> None:
        self._end()
        if assessed is not None:
            self._known[assessed.wave, assessed.level] = assessed
            self._order = (assessed.wave, assessed.level)
            if self._trial is None:
                self.stored = assessed.profile
        self.loaded.emit(assessed)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _on_kept(self, _nothing: None) -> None:
        self._trial = None
        self._rest.stop()
        self.forget()
        self.kept.emit()

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        self.grew_long.emit(False)
