"""A folder that exports are put into: each file is imported once, when it is whole, and left where it is."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from callback_tui.errors import ImportRefused
from callback_tui.services.desk import OpenDesk
from callback_tui.services.file_import import sha256_of, shown_path
from callback_tui.services.intake import import_files
from callback_tui.views.intake import FileReport

_STILL_COMING = (".part", ".partial", ".filepart", ".crdownload", ".tmp")


class _Stamp(NamedTuple):
    """What changes while a file is written."""

    size: int
    modified_ns: int


class WatchedFolder:
    """The files of one folder as the last look found them; folders in it, hidden files and half ones are passed over.

    A file is whole when nothing about it changed between two looks. One whose very bytes were imported before, under
    any name, is not read again; one that cannot be read is told once and looked at again when it changes.
    """

    def __init__(self, desk: OpenDesk, folder: Path) -> None:
        """Look at nothing yet. Raises ImportRefused when it is no folder that can be read."""
        self._desk = desk
        self._folder = folder.expanduser()
        self._found: dict[Path, _Stamp] = {}
        self._done: dict[Path, _Stamp] = {}
        self._stamps()

    def look(self, *, whole_since_ns: int | None = None) -> Iterator[FileReport]:
        """Import what is whole, the oldest first, and yield what became of each file.

        A file last written before `whole_since_ns`, in nanoseconds since 1970, is whole at the first look. Raises
        ImportRefused when the folder cannot be read, StoreError as an import does; the file in hand is tried again at
        the next look.
        """
        found = self._stamps()
        for path, stamp in sorted(found.items(), key=lambda each: (each[1].modified_ns, each[0])):
            if self._done.get(path) == stamp:
                continue
            settled = whole_since_ns is not None and stamp.modified_ns <= whole_since_ns
            if settled or self._found.get(path) == stamp:
                if not self._is_known(path):
                    yield import_files(self._desk, [path]).files[0]
                self._done[path] = stamp
        self._found = found

    def _stamps(self) -> dict[Path, _Stamp]:
        found = {}
        try:
            for path in self._folder.iterdir():
                # A file may go between the list and our look at it.
                with suppress(FileNotFoundError):
                    status = _status_of(path)
                    if stat.S_ISREG(status.st_mode) and not _is_passed_over(path.name):
                        found[path] = _Stamp(status.st_size, status.st_mtime_ns)
        except OSError as error:
            raise ImportRefused("watched_folder", folder=shown_path(self._folder)) from error
        return found

    def _is_known(self, path: Path) -> bool:
        from callback_tui.store import intake

        try:
            with path.open("rb") as stream:
                sha256 = sha256_of(stream)
        except OSError:
            return False
        with self._desk.store.read() as connection:
            return intake.is_published(connection, sha256)


def _status_of(path: Path) -> os.stat_result:
    """Return what a path leads to, or of a link that leads nowhere or in a circle, the link itself."""
    try:
        return path.stat()
    except OSError:
        return path.lstat()


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~")) or name.lower().endswith(_STILL_COMING)
