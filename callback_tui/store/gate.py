"""What must be true of folder, file and engine before a desk is opened."""

import errno
import os
import stat
import sys
from pathlib import Path

from callback_tui.errors import StoreError

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_MOUNT_TABLE = Path("/proc/self/mountinfo")
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "vboxsf", "glusterfs"})
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs"})
_FIRST_AFFECTED = (3, 7, 0)
_FIRST_FIXED = (3, 51, 3)
_FIXED_LINES = ((3, 44, 6), (3, 50, 7))


def is_safe_sqlite(version: tuple[int, ...]) -> bool:
    """Say whether several programs may write with this SQLite.

    The WAL-reset race is in 3.7.0 to 3.51.2 and was mended in two older lines (sqlite.org/wal.html).
    """
    if version < _FIRST_AFFECTED or version >= _FIRST_FIXED:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED_LINES)


def prepare_folder(folder: Path) -> None:
    """Make the desk folder if needed, for its owner alone. Raises StoreError on a network share or without access."""
    share = network_share(folder)
    if share is not None:
        raise StoreError("network_share", folder=folder, share=share)
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & ~_PRIVATE_FOLDER and sys.platform != "win32":
            folder.chmod(_PRIVATE_FOLDER)
    except OSError as error:
        raise _no_access(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _no_access(folder, None)


def prepare_file(path: Path, *, is_new: bool) -> None:
    """Make an empty file readable by its owner alone, or check that one with content is there. Raises StoreError."""
    if is_new:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE_FILE))
        except FileExistsError as error:
            raise StoreError("exists", folder=path.parent) from error
        except OSError as error:
            raise _no_access(path.parent, error) from error
    elif not path.exists():
        raise no_desk(path.parent)
    elif not os.access(path, os.R_OK | os.W_OK):
        raise _no_access(path, None)
    elif not path.is_file() or path.stat().st_size == 0:
        # SQLite takes an empty file for a new database and would write into it.
        raise damaged()


def damaged() -> StoreError:
    """Return the refusal for a database that holds no desk any more, or one of other keys."""
    return StoreError("damaged")


def no_desk(folder: Path) -> StoreError:
    """Return the refusal for a folder that holds no desk."""
    return StoreError("no_desk", folder=folder)


def network_share(folder: Path) -> str | None:
    """Return the kind of network filesystem a folder of this machine stands on, or None."""
    return network_filesystem(folder, _mount_table())


def network_filesystem(folder: Path, mount_table: str) -> str | None:
    """Return the kind of network filesystem a folder stands on, or None. `mount_table` has the form of mountinfo(5)."""
    if str(folder).startswith("\\\\"):
        return "network path"
    resolved = folder.resolve()
    best_length, kind = -1, ""
    for line in mount_table.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        mount_point = Path(fields[4].encode().decode("unicode_escape"))
        if resolved.is_relative_to(mount_point) and len(mount_point.parts) >= best_length:
            best_length, kind = len(mount_point.parts), right.split()[0]
    is_network = kind in _NETWORK_FILESYSTEMS or (kind.startswith("fuse") and kind not in _LOCAL_FUSE)
    return kind if is_network else None


def _mount_table() -> str:
    try:
        return _MOUNT_TABLE.read_text("utf-8")
    except OSError:
        return ""


def _no_access(path: Path, error: OSError | None) -> StoreError:
    reason = (error and error.strerror) or os.strerror(errno.EACCES)
    return StoreError("no_access", path=path, reason=reason)
