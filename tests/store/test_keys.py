"""The key file: slots, recovery, replacing it in one step."""

import dataclasses
import json
import os
import stat
from pathlib import Path

import pytest

from callback_tui.errors import KeyRefused, StoreError
from callback_tui.store import keys
from callback_tui.store.keys import DeskKeys, KeyCost, KeyFile
from tests.conftest import CHEAP_KEYS, PASSPHRASE

SECRETS = keys.new_keys()


def key_file() -> KeyFile:
    """Return a key file with one person."""
    return keys.with_person(keys.new_key_file(SECRETS, "desk-1", CHEAP_KEYS), SECRETS, "sam", PASSPHRASE)


def test_only_the_right_name_and_passphrase_open_a_slot() -> None:
    assert keys.unlock(key_file(), "sam", PASSPHRASE) == SECRETS
    for name, passphrase in (("sam", PASSPHRASE + " "), ("sam", PASSPHRASE.upper()), ("ada", PASSPHRASE)):
        with pytest.raises(KeyRefused, match="The name or the passphrase is not right"):
            keys.unlock(key_file(), name, passphrase)


def test_a_passphrase_typed_with_other_accents_is_the_same() -> None:
    written = keys.with_person(key_file(), SECRETS, "ada", "caf\u00e9 caf\u00e9 caf\u00e9")
    assert keys.unlock(written, "ada", "cafe\u0301 cafe\u0301 cafe\u0301") == SECRETS


def test_a_new_passphrase_ends_the_old_one() -> None:
    changed = keys.with_person(key_file(), SECRETS, "sam", "quite another passphrase")
    assert keys.unlock(changed, "sam", "quite another passphrase") == SECRETS
    with pytest.raises(KeyRefused):
        keys.unlock(changed, "sam", PASSPHRASE)
    assert len(changed.slots) == 1


def test_a_removed_person_is_refused_and_others_are_not() -> None:
    both = keys.with_person(key_file(), SECRETS, "ada", PASSPHRASE)
    left = keys.without_person(both, "sam")
    assert keys.unlock(left, "ada", PASSPHRASE) == SECRETS
    with pytest.raises(KeyRefused):
        keys.unlock(left, "sam", PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "eleven char"])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(KeyRefused, match="12 characters"):
        keys.with_person(key_file(), SECRETS, "ada", passphrase)


def test_a_slot_works_for_nobody_else_and_at_no_lower_cost() -> None:
    original = key_file()
    renamed = dataclasses.replace(original, slots=(dataclasses.replace(original.slots[0], username="ada"),))
    with pytest.raises(KeyRefused):
        keys.unlock(renamed, "ada", PASSPHRASE)
    cheaper = dataclasses.replace(original, cost=KeyCost(memory_kib=32, passes=1, lanes=1))
    with pytest.raises(KeyRefused):
        keys.unlock(cheaper, "sam", PASSPHRASE)
    elsewhere = dataclasses.replace(original, desk_uuid="desk-2")
    with pytest.raises(KeyRefused):
        keys.unlock(elsewhere, "sam", PASSPHRASE)


def test_a_check_value_of_other_keys_is_noticed() -> None:
    other = keys.new_key_file(DeskKeys(b"d" * 32, b"a" * 32), "desk-1", CHEAP_KEYS)
    with pytest.raises(StoreError, match="does not fit together"):
        keys.unlock(dataclasses.replace(key_file(), check=other.check), "sam", PASSPHRASE)


def test_a_recovery_code_is_160_bits_and_only_the_newest_works() -> None:
    first, second = keys.new_recovery_code(), keys.new_recovery_code()
    assert len(first.replace("-", "")) * 5 == 160
    assert first != second
    replaced = keys.with_recovery(keys.with_recovery(key_file(), SECRETS, first), SECRETS, second)
    assert keys.unlock_with_code(replaced, second.lower()) == SECRETS
    with pytest.raises(KeyRefused, match="not the recovery code"):
        keys.unlock_with_code(replaced, first)


def test_the_file_reads_back_and_holds_no_key(tmp_path: Path) -> None:
    keys.write_key_file(tmp_path, key_file())
    assert keys.read_key_file(tmp_path) == key_file_from(tmp_path)
    assert keys.unlock(keys.read_key_file(tmp_path), "sam", PASSPHRASE) == SECRETS
    text = (tmp_path / keys.KEY_FILE_NAME).read_text()
    assert SECRETS.data_key.hex() not in text
    assert SECRETS.audit_key.hex() not in text
    assert SECRETS.data_key.hex() not in repr(SECRETS)


def key_file_from(folder: Path) -> KeyFile:
    """Read the file by hand, to compare with what the program reads."""
    data = json.loads((folder / keys.KEY_FILE_NAME).read_text())
    slots = tuple(keys.Slot(**slot) for slot in data["slots"])
    return KeyFile(data["desk_uuid"], KeyCost(**data["cost"]), data["check"], slots)


def test_three_generations_stay_and_no_more(tmp_path: Path) -> None:
    versions = [dataclasses.replace(key_file(), desk_uuid=f"desk-{number}") for number in range(5)]
    for version in versions:
        keys.write_key_file(tmp_path, version)
    kept = {path.name: json.loads(path.read_text())["desk_uuid"] for path in tmp_path.iterdir()}
    assert kept == {"keys.json": "desk-4", "keys.json.1": "desk-3", "keys.json.2": "desk-2"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private by the user profile")
def test_the_key_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keys.write_key_file(tmp_path, key_file())
        keys.write_key_file(tmp_path, key_file())
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_slot_that_must_die_leaves_the_older_generations_too(tmp_path: Path) -> None:
    for _ in range(3):
        keys.write_key_file(tmp_path, key_file())
    keys.write_key_file(tmp_path, keys.without_person(key_file(), "sam"), forget_older=True)
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": 9, "slots": []}', "[" * 100_000])
def test_an_unreadable_key_file_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / keys.KEY_FILE_NAME).write_text(content)
    with pytest.raises(StoreError) as refused:
        keys.read_key_file(tmp_path)
    assert refused.value.next_step
    assert f"{keys.KEY_FILE_NAME}." not in str(refused.value)


def flip(path: Path, word: str) -> None:
    """Change the first character of the value that stands behind a word."""
    text = path.read_text()
    at = text.index(f'"{word}": "') + len(word) + 5
    path.write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :])


@pytest.mark.parametrize("word", ["sealed", "salt", "nonce", "username", "check", "desk_uuid", "digest"])
def test_a_damaged_file_is_not_taken_for_a_wrong_passphrase(tmp_path: Path, word: str) -> None:
    keys.write_key_file(tmp_path, key_file())
    with pytest.raises(KeyRefused):
        keys.unlock(keys.read_key_file(tmp_path), "sam", "another passphrase")
    flip(tmp_path / keys.KEY_FILE_NAME, word)
    with pytest.raises(StoreError, match="is damaged"):
        keys.read_key_file(tmp_path)


def test_only_an_older_generation_that_can_be_read_is_named(tmp_path: Path) -> None:
    versions = [dataclasses.replace(key_file(), desk_uuid=f"desk-{number}") for number in range(3)]
    for version in versions:
        keys.write_key_file(tmp_path, version)
    newest, second, third = (tmp_path / f"{keys.KEY_FILE_NAME}{end}" for end in ("", ".1", ".2"))
    newest.write_text("{")
    with pytest.raises(StoreError, match=r"Copy keys\.json\.1 over keys\.json"):
        keys.read_key_file(tmp_path)
    flip(second, "sealed")
    with pytest.raises(StoreError, match=r"Copy keys\.json\.2 over keys\.json"):
        keys.read_key_file(tmp_path)
    third.unlink()
    with pytest.raises(StoreError, match="Restore the latest backup"):
        keys.read_key_file(tmp_path)


def test_a_lost_key_file_names_the_generation_that_is_left(tmp_path: Path) -> None:
    for _ in range(2):
        keys.write_key_file(tmp_path, key_file())
    (tmp_path / keys.KEY_FILE_NAME).unlink()
    with pytest.raises(StoreError, match=r"is missing\. Copy keys\.json\.1"):
        keys.read_key_file(tmp_path)
    (tmp_path / f"{keys.KEY_FILE_NAME}.1").replace(tmp_path / keys.KEY_FILE_NAME)
    assert keys.unlock(keys.read_key_file(tmp_path), "sam", PASSPHRASE) == SECRETS


def test_a_folder_in_place_of_the_file_is_not_called_damage(tmp_path: Path) -> None:
    (tmp_path / keys.KEY_FILE_NAME).mkdir()
    with pytest.raises(StoreError, match="cannot be read by this user"):
        keys.read_key_file(tmp_path)


def test_a_folder_without_keys_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no desk in"):
        keys.read_key_file(tmp_path)


def test_a_desk_that_lost_its_keys_is_not_to_be_set_up_anew(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    with pytest.raises(StoreError, match=r"is missing\. Restore the latest backup"):
        keys.read_key_file(tmp_path)
