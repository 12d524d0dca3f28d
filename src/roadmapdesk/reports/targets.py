"""Writing a finished report to its place, and saying why where that cannot be done."""

import errno
import os
from pathlib import Path

from roadmapdesk.files import replace_whole
from roadmapdesk.reports.errors import TargetNotWritable


def write_whole(target: Path, data: bytes) -> None:
    """Puts `data` at `target`; an existing file is replaced in one step or stays as it was.

    Raises:
        TargetNotWritable: when the folder is missing, the place is taken by a folder, or writing fails.
    """
    refuse_place(target)
    try:
        replace_whole(target, data)
    except OSError as error:
        raise _explained(error, target) from error


def refuse_place(target: Path) -> None:
    """Refuses a place where nothing can be written, before any work is done for it.

    Raises:
        TargetNotWritable: when the folder is missing or write-protected, or the place is taken by a folder.
    """
    try:
        is_folder = target.is_dir()
    except OSError as error:
        raise _explained(error, target) from error
    if is_folder:
        raise TargetNotWritable(TargetNotWritable.IS_FOLDER, name=target.name)
    if not target.parent.is_dir():
        raise TargetNotWritable(TargetNotWritable.MISSING_FOLDER, folder=str(target.parent))
    if not os.access(target.parent, os.W_OK):
        raise TargetNotWritable(TargetNotWritable.NOT_ALLOWED, name=target.name)


def _explained(error: OSError, target: Path) -> TargetNotWritable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return TargetNotWritable(TargetNotWritable.NO_SPACE, name=target.name)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}:
        return TargetNotWritable(TargetNotWritable.NOT_ALLOWED, name=target.name)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        # A folder that is there and still knows no such file takes none: one of the kernel, or a share that is gone.
        is_there = target.parent.is_dir()
        message = TargetNotWritable.NOT_ALLOWED if is_there else TargetNotWritable.MISSING_FOLDER
        return TargetNotWritable(message, name=target.name, folder=str(target.parent))
    if error.errno in {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}:
        return TargetNotWritable(TargetNotWritable.BAD_NAME, name=target.name)
    return TargetNotWritable(TargetNotWritable.FAILED, name=target.name, code=error.errno or 0)
