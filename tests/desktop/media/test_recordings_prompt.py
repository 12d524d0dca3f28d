"""From the list of interviews: approving the minutes offers to delete recordings; what a crash left is told."""

import os
import signal
import subprocess
import sys

import pytest

from roadmapdesk import i18n
from roadmapdesk.desktop.interviews.page import InterviewsPage
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.errors import Erased
from roadmapdesk.workspace.interviewing import start_interview

CUT_OFF = """
import os, signal, sys
from pathlib import Path
from roadmapdesk.storage import open_project
from roadmapdesk.storage.values import Summary
project = open_project(Path(sys.argv[1]))
form = project.forms.list()[0].sha
interview = project.interviews.create(form, summary=Summary(code="RP-0042"))
project.attachments.keep(interview, "/data/p", b"photo", name="p.png", mime="image/png")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def approved(program, opened, settle, prompts):
    """The list of interviews with one that has a recording, ready to be approved."""
    i18n.set_language("en")
    interview = start_interview(opened)
    sound = opened.attachments.add(interview, "", b"fLaC a voice", name="talk.flac", mime="audio/flac")
    photo = opened.attachments.add(interview, "/data/p", b"photo", name="p.png", mime="image/png")
    opened.backup()
    opened.interviews.set_state(interview, InterviewState.FINALISED)
    program.window.workbench.go_to("interviews", interview)
    settle()
    page = program.window.workbench.page
    assert isinstance(page, InterviewsPage)
    page.refresh()
    page.show_item(interview)
    return page, interview, sound, photo


@pytest.mark.parametrize("says_yes", [True, False])
def test_approving_the_minutes_offers_to_delete_the_recordings(approved, opened, settle, prompts, says_yes):
    page, interview, sound, photo = approved
    prompts.says_yes = says_yes
    page.findChild(Button, "approve").click()
    settle()
    settle()
    assert opened.interviews.get(interview).state is InterviewState.APPROVED
    assert "Delete the recordings?" in prompts.questions[-1]
    assert opened.attachments.get(photo.sha) == b"photo"
    assert opened.check().is_sound
    if says_yes:
        (stone,) = opened.erasures.tombstones()
        assert (stone.entity_hash, stone.reason, stone.author) == (sound.sha, "Minutes approved", opened.author)
        with pytest.raises(Erased):
            opened.attachments.get(sound.sha)
    else:
        assert opened.attachments.get(sound.sha) == b"fLaC a voice"


def test_nothing_is_asked_where_there_is_no_recording(approved, opened, settle, prompts):
    page, _interview, sound, _photo = approved
    opened.media_deletions.delete([sound.sha], reason="x")
    page.findChild(Button, "approve").click()
    settle()
    settle()
    assert prompts.questions == []


def test_opening_a_project_after_a_crash_names_the_interview_with_a_loose_file(program, project_folder, settle):
    ended = subprocess.run([sys.executable, "-c", CUT_OFF, str(project_folder)], env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL
    program.door.open(project_folder, window=program.window)
    settle()
    told = program.window.recovery.accessibleDescription()
    assert "RP-0042" in told
    assert "aufbewahrt" in told
