"""One flipped bit anywhere in the database is refused, never read as something else."""

import random
import shutil
from pathlib import Path

from callback_tui.errors import StoreError
from callback_tui.store import keys
from callback_tui.store.engine import DATABASE_NAME, open_store
from callback_tui.store.tables import metadata
from tests.conftest import PASSPHRASE

FLIPS = 60


def read_everything(folder: Path) -> tuple[list[object], bool]:
    """Open the desk; return every row of every table, and whether every page of every index is sound too."""
    desk_keys = keys.unlock(keys.read_key_file(folder), "nurse", PASSPHRASE)
    store = open_store(folder, data_key=desk_keys.data_key, audit_key=desk_keys.audit_key)
    try:
        with store.read() as connection:
            rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
            return list(rows), connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
    finally:
        store.close()


def test_every_flipped_bit_is_noticed_and_none_is_read_as_something_else(desk_template: Path, tmp_path: Path) -> None:
    whole, is_sound = read_everything(Path(shutil.copytree(desk_template, tmp_path / "whole")))
    assert is_sound
    chance = random.Random(20261123)  # noqa: S311 - repeatable places, no secret
    content = (desk_template / DATABASE_NAME).read_bytes()
    refusals = []
    for number in range(FLIPS):
        folder = Path(shutil.copytree(desk_template, tmp_path / str(number)))
        damaged = bytearray(content)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (folder / DATABASE_NAME).write_bytes(damaged)
        try:
            rows, is_sound = read_everything(folder)
        except StoreError as refusal:
            refusals.append(refusal.code)
        else:
            assert not is_sound
            assert rows == whole
    assert set(refusals) == {"damaged"}
    assert len(refusals) > FLIPS // 2
