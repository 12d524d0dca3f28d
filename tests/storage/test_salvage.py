"""What comes out of a damaged project besides its answers: erasures, exports, names, codes, events, rows between."""

import pytest

from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.storage.checks import ProblemKind
from roadmapdesk.storage.content import row_digest
from roadmapdesk.storage.context import tombstone_key, write_audit
from roadmapdesk.storage.engine import connect
from roadmapdesk.storage.errors import Damaged
from roadmapdesk.storage.rescue_rows import ReadableRows
from roadmapdesk.storage.salvage import salvage
from roadmapdesk.storage.values import RevisionKind

from .conftest import FORM, answer, unguard

PAGE = 4096
EXTRA = {"roles": [["code", "a1"]]}


@pytest.fixture
def told(project, form, interview):
    """A project with something in every table, and one interview that was erased."""
    for number in range(5):
        answer(project, interview, f"/data/q{number}", f"Antwort {number}")
    gone = project.interviews.create(form)
    answer(project, gone, "/data/q1", "vergessen")
    project.revisions.cut(gone, RevisionKind.FINALISE)
    project.actors.save(Actor("a", {"de": "Beispiel GmbH"}, ActorType.COMPANY))
    project.actors.save(Actor("b", {"de": "Muster AG"}, ActorType.COMPANY))
    project.export_log.add(kind="pdf", level="handoff", language="de", target="x.pdf", sha="0" * 64)
    project.codes.next("A{number:03d}")
    project.pseudonyms.of("interview", ["A01", "A03"])
    return project


def erase(project, code):
    return project.erasures.erase(project.erasures.plan(code), reason="auf Wunsch")


def test_what_stands_beside_the_answers_comes_out(told, interview, engine, tmp_path):
    erase(told, "A01")
    names = told.pseudonyms.of("interview", ["A03"])
    before = (told.erasures.tombstones(), told.export_log.list(), told.codes.blocks())
    events = [(row.event, row.reason, row.at) for row in told.audit.list()]
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=told.file_key)
        assert (target.erasures.tombstones(), target.export_log.list(), target.codes.blocks()) == before
        assert target.pseudonyms.of("interview", ["A03"]) == names
        assert target.erasures.is_erased(interview)
        assert [(row.event, row.reason, row.at) for row in target.audit.list()] == events
        assert (report.tombstones, report.exports, report.pseudonyms, report.events) == (1, 1, 1, len(events))
        assert report.is_complete
        assert target.check().is_sound


def test_rows_that_do_not_fit_are_left_behind_or_stay_findings(told, interview, engine, tmp_path):
    told.attachments.add(interview, "/data/q1", b"Bild", name="b.png", mime="image/png")
    with told.context.store.write() as connection:
        connection.exec_driver_sql("UPDATE pseudonym SET pseudonym = 'ABCDE' WHERE key = 'A01'")
        connection.exec_driver_sql('UPDATE code_block SET "next" = 1')
        connection.exec_driver_sql("UPDATE attachment_link SET name = 'c.png'")
        connection.exec_driver_sql("UPDATE session SET author = 'somebody else'")
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=told.file_key)
        assert report.pseudonyms == 1
        assert target.codes.blocks() == ()
        assert {row.author for row in target.audit.list()} == {""}
        assert [file.name for file in target.attachments.list()] == ["c.png"]
        assert [problem.place for problem in target.check().problems] == ["attachment_link 1"]


def test_what_was_erased_is_not_brought_out_by_a_torn_file(told, interview, engine, tmp_path):
    """A tombstone whose interview is still there, as a file torn between two moments would hold it."""
    stone = ("interview", interview)
    with told.context.store.write() as connection:
        row = (stone[0], tombstone_key(*stone), "auf Wunsch", "ab", "2026-01-01T00:00:00.000Z")
        connection.exec_driver_sql("INSERT INTO tombstone VALUES (?, ?, ?, ?, ?, ?)", (*row, row_digest(*row)))
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        salvage(told.folder, target, key=told.file_key)
        assert interview not in {row.id for row in target.interviews.list()}
        assert len(target.interviews.list()) == 1
        assert target.check().is_sound


def test_forged_rows_are_left_behind_or_told(told, interview, engine, tmp_path):
    with told.context.store.write() as connection:
        unguard(connection)
        connection.exec_driver_sql("UPDATE export_log SET target = 'y.pdf'")
        connection.exec_driver_sql("UPDATE pseudonym SET pseudonym = 'Max Müller' WHERE key = 'A01'")
        connection.exec_driver_sql('UPDATE code_block SET "next" = 900')
        connection.exec_driver_sql("UPDATE interview SET state = 'approved' WHERE id = ?", (interview,))
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=told.file_key)
        assert target.export_log.list() == ()
        assert report.pseudonyms == 1
        assert target.codes.blocks() == ()
        assert report.doubtful == (interview,)
        assert not report.is_complete


def test_an_entry_comes_back_from_its_row_when_its_revision_is_lost(told, engine, tmp_path):
    with told.context.store.write() as connection:
        unguard(connection)
        connection.exec_driver_sql("UPDATE revision SET document = document || ' ' WHERE entity_id = 'b'")
    told.actors.remove("a")
    with told.context.store.write() as connection:
        connection.exec_driver_sql(
            "DELETE FROM revision WHERE entity_id = 'a' AND json_extract(document, '$.body.record') IS NULL"
        )
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        salvage(told.folder, target, key=told.file_key)
        assert [actor.key for actor in target.actors.list()] == ["b"]
        assert target.check().is_sound


def test_every_spoilt_page_costs_only_what_it_held(told, engine, tmp_path):
    """Each page in turn: tombstones, exports, names and events are there, or their table is named."""
    erase(told, "A01")
    path, key = told.folder / "project.sqlite", told.file_key
    expected = {
        "tombstone": 1,
        "export_log": 1,
        "pseudonym": 1,
        "audit": len(told.audit.list()),
        "attachment": 0,
    }
    told.close()
    good = path.read_bytes()
    whole = 0
    pages = range(1, len(good) // PAGE, 2)
    for page in pages:
        path.write_bytes(good[: page * PAGE] + b"\xa5" * PAGE + good[(page + 1) * PAGE :])
        with engine.create(tmp_path / f"Gerettet {page}") as target:
            report = salvage(told.folder, target, key=key)
            if report.lost_forms:
                assert [problem.kind for problem in target.check().problems] == [ProblemKind.LOST_FORM]
                target.forms.add(FORM, form_id="site", version="1", title="Standort", extra=EXTRA)
            assert target.check().is_sound
            counts = [len(target.revisions.history(row.id)) for row in target.interviews.list()]
            lost = {"revision", "interview"} & set(report.unreadable)
            assert counts == [1] or (counts == [0] and lost) or (not counts and lost == {"revision", "interview"})
            found = {
                "tombstone": report.tombstones,
                "export_log": report.exports,
                "pseudonym": report.pseudonyms,
                "audit": report.events,
                "attachment": report.attachments,
            }
            short = {table for table, count in expected.items() if found[table] < count}
            assert short <= set(report.unreadable)
            whole += not short
    assert whole >= len(pages) * 0.7


def test_a_file_without_its_end_gives_what_stands_before_it(told, interview, engine, tmp_path):
    path, key = told.folder / "project.sqlite", told.file_key
    told.close()
    good = path.read_bytes()
    pages = len(good) // PAGE
    path.write_bytes(good[: (pages - 1) * PAGE + 100])
    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=key)

        assert not report.is_empty
        assert report.events > 0
        assert path.stat().st_size == (pages - 1) * PAGE + 100


def test_a_file_of_which_only_the_beginning_is_left_is_empty(told, engine, tmp_path):
    path, key = told.folder / "project.sqlite", told.file_key
    told.close()
    path.write_bytes(path.read_bytes()[:PAGE])
    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=key)

        assert report.is_empty
        assert "interview" in report.unreadable


def test_rows_between_two_spoilt_pages_are_fetched(project, form, interview):
    with project.context.store.write() as connection:
        for number in range(260):
            reason = f"{number:04d}" + "x" * 120
            write_audit(connection, project.context, event="probe", at=project.context.now(), reason=reason)
    path, key, table = project.folder / "project.sqlite", project.file_key, "audit"
    everything = len(ReadableRows(path, key).of(table, "sequence"))
    with project.context.store.read() as connection:
        root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchone()[0]
    project.close()
    good = bytearray(path.read_bytes())
    spoilt = _spoil_two_leaves(good, path, key, table, root)
    path.write_bytes(good)

    rows = ReadableRows(path, key)
    found = rows.of(table, "sequence")

    assert rows.unreadable == [table]
    assert spoilt == 2
    assert everything - 100 < len(found) < everything


def _spoil_two_leaves(content: bytearray, path, key, table: str, root: int) -> int:
    """Spoils two pages apart from each other whose loss leaves the first and the last row of the table readable."""
    spoilt: list[int] = []
    trial = path.with_name("trial.sqlite")
    for page in range(root, len(content) // PAGE):
        if spoilt and page < spoilt[0] + 4:
            continue
        before = bytes(content[page * PAGE : (page + 1) * PAGE])
        content[page * PAGE : (page + 1) * PAGE] = b"\xa5" * PAGE
        trial.write_bytes(content)
        rows = ReadableRows(trial, key)
        try:
            is_right = bool(rows.of(table, "sequence")) and table in rows.unreadable
        except rows._driver.Error:
            is_right = False
        if is_right:
            spoilt.append(page)
            if len(spoilt) == 2:
                return 2
        else:
            content[page * PAGE : (page + 1) * PAGE] = before
    return len(spoilt)


def test_a_transaction_that_was_cut_off_is_taken_back_in_a_copy(told, interview, engine, tmp_path):
    path = told.folder / "project.sqlite"
    journal = path.with_name(path.name + "-journal")
    answers = told.drafts.load(interview).answers
    told.close()
    torn = tmp_path / "torn"
    torn.mkdir()
    _cut_off(path, journal, told.file_key, torn)
    spoilt, left = (torn / path.name).read_bytes(), (torn / journal.name).read_bytes()
    path.write_bytes(spoilt)
    journal.write_bytes(left)

    with engine.create(tmp_path / "Gerettet") as target:
        salvage(told.folder, target, key=told.file_key)
        assert target.drafts.load(interview).answers == answers
        assert target.check().is_sound
    assert (path.read_bytes(), journal.read_bytes()) == (spoilt, left)


def _cut_off(path, journal, key, folder) -> None:
    """Copies file and journal while a transaction is on its way to the file, as a power cut would leave them."""
    connection = connect(path, key)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE draft_answer SET text = 'halb'")
    for number in range(200):
        connection.execute("INSERT INTO setting VALUES (?, ?, '')", (f"k{number}", "x" * 3000))
    (folder / path.name).write_bytes(path.read_bytes())
    (folder / journal.name).write_bytes(journal.read_bytes())
    assert (folder / journal.name).stat().st_size > 0
    connection.execute("ROLLBACK")
    connection.close()


def test_interviews_come_out_without_their_questionnaire_and_rows(told, interview, engine, tmp_path):
    """Form and list of interviews are gone; what was said is still there under the ids that the revisions tell."""
    told.revisions.cut(interview)
    answers = told.drafts.load(interview).answers
    ids = {row.id for row in told.interviews.list()}
    path, key = told.folder / "project.sqlite", told.file_key
    with told.context.store.read() as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name IN ('form', 'interview')"
        roots = [row[0] for row in connection.exec_driver_sql(query)]
    told.close()
    content = bytearray(path.read_bytes())
    for root in roots:
        content[(root - 1) * PAGE : root * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=key)
        assert {row.id for row in target.interviews.list()} == ids == set(report.doubtful)
        assert target.drafts.load(interview).answers == answers
        assert len(report.lost_forms) == 1
        sha = target.interviews.get(interview).form_sha
        with pytest.raises(Damaged):
            target.forms.get(sha)
        assert target.forms.list() == ()
        target.backup()
        assert target.forms.add(FORM, form_id="site", version="1", title="Standort", extra=EXTRA) == sha
        assert target.forms.get(sha).xml == FORM
        assert target.check().is_sound


def test_recordings_and_loose_files_come_out_and_deleted_ones_do_not(told, interview, engine, tmp_path):
    part = bytes(range(256)) * 125
    told.attachments.add(interview, "/data/q1", b"Bild", name="b.png", mime="image/png")
    gone = told.attachments.add(interview, "/data/q2", b"weg", name="w.png", mime="image/png")
    recording = told.recordings.begin(interview, "/data/q3", rate=16_000)
    told.recordings.keep_part(recording, 0, part)
    with told.context.store.write() as connection:
        row = ("attachment", gone.sha, "auf Wunsch", "ab", "2026-01-01T00:00:00.000Z")
        connection.exec_driver_sql("INSERT INTO tombstone VALUES (?, ?, ?, ?, ?, ?)", (*row, row_digest(*row)))
    told.close()

    with engine.create(tmp_path / "Gerettet") as target:
        report = salvage(told.folder, target, key=told.file_key)
        assert report.attachments == 1
        assert {one.sha for one in target.attachments.list()} >= {gone.sha}
        assert list(target.recordings.parts(recording)) == [part]
        assert target.recordings.list(interview)[0].id == recording
