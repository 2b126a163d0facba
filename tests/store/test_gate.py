"""The gate: which engines, folders and files a desk may be opened with."""

import os
import stat
import sys
from pathlib import Path

import pytest

from callback_tui.errors import StoreError
from callback_tui.store.gate import is_safe_sqlite, network_filesystem, prepare_file, prepare_folder

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/office rw shared:9 - nfs4 server:/export rw
31 22 0:41 / /mnt/my\\040share rw - cifs //server/share rw
32 22 0:42 / /home/sam/remote rw - fuse.sshfs sam@host:/ rw
33 30 8:2 / /mnt/office/local rw - xfs /dev/sdb1 rw
34 22 8:3 / /media/stick rw - fuseblk /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_engines_with_the_wal_race_are_refused(version: tuple[int, ...], safe: bool) -> None:
    assert is_safe_sqlite(version) is safe


def test_the_encrypted_engine_is_a_safe_one() -> None:
    import sqlcipher3.dbapi2

    assert is_safe_sqlite(sqlcipher3.dbapi2.sqlite_version_info)


@pytest.mark.skipif(sys.platform == "win32", reason="mount tables are a Linux matter")
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/desk", None),
        ("/mnt/office/desk", "nfs4"),
        ("/mnt/my share/desk", "cifs"),
        ("/home/sam/remote/desk", "fuse.sshfs"),
        ("/mnt/office/local/desk", None),
        ("/media/stick/desk", None),
        ("\\\\server\\share\\desk", "network path"),
    ],
)
def test_network_shares_are_recognised(folder: str, kind: str | None) -> None:
    assert network_filesystem(Path(folder), MOUNTS) == kind


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files private by the user profile")
def test_a_folder_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir(mode=0o755)
    prepare_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        prepare_folder(tmp_path / "desk")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files private by the user profile")
def test_a_new_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        prepare_file(tmp_path / "desk.db", is_new=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "desk.db").stat().st_mode) == 0o600
    with pytest.raises(StoreError, match="already"):
        prepare_file(tmp_path / "desk.db", is_new=True)
