"""Files and sound of interviews: microphone and loudspeaker behind a small port, recording, thumbnails, dialogs.

May import `workspace` and below and `desktop.widgets`; alone owns miniaudio. Entry points: `media_desk.MediaDesk`,
which serves one interview page, and `recordings_prompt.offer_deletion` for recordings that are no longer needed.
"""
