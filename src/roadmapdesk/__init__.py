"""RoadmapDesk: structured interviews, scoring and roadmap reports on the desktop.

The layers, from the top: ``desktop`` and ``cli``; ``workspace`` (use cases); ``reports`` and ``exchange``;
``figures`` and ``storage``; ``scoring``; ``xforms`` and ``domain``; ``errors``, ``paths`` and ``i18n``.
A layer imports only what lies below it; ``docs/architecture.md`` says why.
"""

__version__ = "0.1.0"
