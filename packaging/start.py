"""The built program's first file."""

import sys

from roadmapdesk.__main__ import main

sys.exit(main())
