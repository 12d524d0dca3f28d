"""The parts of the summary, one module each: a function ``section(context) -> Section | None`` in reading order."""
