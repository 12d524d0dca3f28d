"""The recorder by itself, and the real devices as far as a computer without any lets them be tried."""

import array

import pytest

from roadmapdesk.desktop.media.devices import Devices
from roadmapdesk.desktop.media.recorder import Recorder, RecorderState, loudness
from roadmapdesk.desktop.media.sound import NO_LIBRARY, SoundError
from roadmapdesk.desktop.media.words import clock_words, size_words
from roadmapdesk.workspace.recordings import encode

RATE = 1_000


class Microphone:
    def __init__(self) -> None:
        self.heard = b""
        self.is_open = True

    def take(self) -> bytes:
        sound, self.heard = self.heard, b""
        return sound

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def parts(qtbot):
    return []


@pytest.fixture
def recorder(qtbot, parts):
    recorder = Recorder(clock=lambda: 0.0)
    recorder.part_ready.connect(lambda _identifier, number, sound: parts.append((number, len(sound))))
    return recorder


def test_sound_is_handed_on_in_parts_and_the_rest_at_the_end(recorder, parts):
    microphone = Microphone()
    recorder.begin(microphone, "/data/a", RATE)
    microphone.heard = b"\1\0" * 4_500
    recorder.tick()
    assert parts == [(0, 4_000), (1, 4_000)]
    microphone.heard = b"\1\0" * 10
    take = recorder.end()
    assert parts == [(0, 4_000), (1, 4_000), (2, 1_020)]
    assert (take.seconds, take.ref, microphone.is_open) == (4.51, "/data/a", False)
    assert recorder.state is RecorderState.IDLE


def test_a_pause_hands_on_what_was_heard_and_hears_nothing(recorder, parts):
    first, second = Microphone(), Microphone()
    recorder.begin(first, "", RATE)
    first.heard = b"\1\0" * 100
    recorder.pause()
    assert (parts, first.is_open, recorder.state) == ([(0, 200)], False, RecorderState.PAUSED)
    recorder.pause()
    recorder.go_on(second)
    second.heard = b"\1\0" * 100
    assert recorder.end().seconds == 0.2
    assert parts == [(0, 200), (1, 200)]


def test_only_one_recording_at_a_time(recorder):
    recorder.begin(Microphone(), "", RATE)
    with pytest.raises(ValueError, match="one recording"):
        recorder.begin(Microphone(), "", RATE)


def test_loudness_grows_with_the_sound():
    def flat(level: int) -> bytes:
        return array.array("h", [level, -level] * 10).tobytes()

    levels = [loudness(flat(level)) for level in (0, 1, 100, 3_277, 32_767)]
    assert levels[0] == 0
    assert levels == sorted(levels)
    assert levels[3] == pytest.approx(0.6, abs=0.01)
    assert levels[4] == pytest.approx(1.0, abs=0.001)
    assert loudness(b"") == 0
    assert loudness(b"\1") == 0
    assert loudness(array.array("h", [-32_768]).tobytes()) == 1.0


def test_the_real_device_library_listens_and_plays(qtbot):
    pytest.importorskip("miniaudio")
    devices = Devices(("NULL",))
    assert devices.missing() is None
    microphone = devices.listen(16_000)
    heard = bytearray()
    qtbot.waitUntil(lambda: heard.extend(microphone.take()) or len(heard) >= 6_400)
    microphone.close()
    data, seconds, lost = encode([bytes(heard), None], 16_000)
    assert (seconds, lost) == (len(heard) / 32_000 + 2, 1)
    playing = devices.play(data)
    assert playing.length == pytest.approx(seconds)
    qtbot.waitUntil(lambda: playing.seconds > 0.1)
    assert not playing.is_over
    playing.stop()
    with pytest.raises(SoundError):
        devices.play(b"no sound at all")


def test_a_missing_library_is_said(monkeypatch):
    monkeypatch.setattr("roadmapdesk.desktop.media.devices.find_spec", lambda _name: None)
    assert Devices().missing() is NO_LIBRARY
    for work in (lambda: Devices().listen(16_000), lambda: Devices().play(b"")):
        with pytest.raises(SoundError) as refused:
            work()
        assert refused.value.code == "sound.no_library"


def test_words_for_sizes_and_times():
    assert [clock_words(seconds) for seconds in (7.9, 754, 3_723)] == ["0:07", "12:34", "1:02:03"]
    assert (size_words(312_400), size_words(4_200_000)) == ("312 kB", "4,2 MB")
