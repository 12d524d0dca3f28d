"""What a command adds its parser to."""

import argparse
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Subcommands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:  # private to argparse and not generic at run time
    Subcommands = argparse._SubParsersAction
