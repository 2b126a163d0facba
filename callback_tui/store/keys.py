"""The key file: one random data key and one audit key, sealed once per person and once for the recovery code."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from callback_tui.errors import KeyRefused, StoreError
from callback_tui.store.gate import no_desk

KEY_FILE_NAME = "keys.json"
PASSPHRASE_MINIMUM = 12
RECOVERY = "recovery"
_PERSON = "person"
_FORMAT = 1
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_RECOVERY_BYTES = 20
_RECOVERY_GROUP = 4
_GENERATIONS = 3
_CHECK_LABEL = b"callback-tui key check"
# What reading a file of any content at all can raise before it is understood.
_UNREADABLE = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What one guess of a passphrase costs (Argon2id; the default is the second choice of RFC 9106)."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """The two secrets of an open desk."""

    data_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """One sealed copy of both keys. The recovery slot has no user name; `confirmed` once its code was typed back."""

    kind: str
    username: str
    salt: str
    nonce: str
    sealed: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What keys.json holds: no name of a patient, no key in the clear."""

    desk_uuid: str
    cost: KeyCost
    check: str
    slots: tuple[Slot, ...] = ()


def new_keys() -> DeskKeys:
    """Make both keys from the system's randomness."""
    return DeskKeys(os.urandom(_KEY_BYTES), os.urandom(_KEY_BYTES))


def new_key_file(keys: DeskKeys, desk_uuid: str, cost: KeyCost) -> KeyFile:
    """Return a key file without slots."""
    return KeyFile(desk_uuid, cost, _check_value(keys))


def new_recovery_code() -> str:
    """Return 160 random bits as eight groups of four letters and digits."""
    letters = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode("ascii")
    return "-".join(letters[at : at + _RECOVERY_GROUP] for at in range(0, len(letters), _RECOVERY_GROUP))


def check_passphrase(passphrase: str) -> None:
    """Raise KeyRefused for a passphrase below twelve characters."""
    if len(passphrase) < PASSPHRASE_MINIMUM:
        raise KeyRefused("short_passphrase", least=PASSPHRASE_MINIMUM)


def with_person(key_file: KeyFile, keys: DeskKeys, username: str, passphrase: str) -> KeyFile:
    """Return the key file with the person's slot, replacing an older one. Raises KeyRefused for a short passphrase."""
    check_passphrase(passphrase)
    slot = _seal(key_file, keys, _PERSON, username, passphrase)
    return replace(key_file, slots=(*without_person(key_file, username).slots, slot))


def without_person(key_file: KeyFile, username: str) -> KeyFile:
    """Return the key file without the person's slot."""
    kept = tuple(slot for slot in key_file.slots if (slot.kind, slot.username) != (_PERSON, username))
    return replace(key_file, slots=kept)


def with_recovery(key_file: KeyFile, keys: DeskKeys, code: str) -> KeyFile:
    """Return the key file with a slot for a new recovery code, not yet confirmed; an older code stops working."""
    slot = replace(_seal(key_file, keys, RECOVERY, "", _plain_code(code)), confirmed=False)
    return replace(key_file, slots=(*(old for old in key_file.slots if old.kind != RECOVERY), slot))


def with_recovery_confirmed(key_file: KeyFile) -> KeyFile:
    """Return the key file with the recovery code marked as typed back."""
    slots = tuple(replace(slot, confirmed=True) if slot.kind == RECOVERY else slot for slot in key_file.slots)
    return replace(key_file, slots=slots)


def unlock(key_file: KeyFile, username: str, passphrase: str) -> DeskKeys:
    """Return the keys for a person's passphrase. Raises KeyRefused, with the same words for a name that has no slot."""
    return _unseal(key_file, _PERSON, username, passphrase)


def unlock_with_code(key_file: KeyFile, code: str) -> DeskKeys:
    """Return the keys for the recovery code, dashes and case ignored. Raises KeyRefused."""
    return _unseal(key_file, RECOVERY, "", _plain_code(code))


def read_key_file(folder: Path) -> KeyFile:
    """Read keys.json. Raises StoreError when there is none, it is damaged, or this user may not read it.

    A damaged file is always told apart from a wrong passphrase, which is `unlock`'s KeyRefused.
    """
    try:
        return _read_generation(folder / KEY_FILE_NAME)
    except FileNotFoundError as error:
        from callback_tui.store.engine import DATABASE_NAME

        older = _whole_older_generation(folder)
        if older is None and (folder / DATABASE_NAME).exists():
            raise StoreError("key_file_gone", folder=folder) from error
        if older is None:
            raise no_desk(folder) from error
        raise StoreError("key_file_missing", folder=folder, older=older.name, name=KEY_FILE_NAME) from error
    except NotADirectoryError as error:
        raise StoreError("no_folder", folder=folder, reason=error.strerror) from error
    except OSError as error:
        raise StoreError("keys_unreadable", folder=folder, reason=error.strerror or type(error).__name__) from error
    except _UNREADABLE as error:
        raise _damaged(folder) from error


def write_key_file(folder: Path, key_file: KeyFile, *, forget_older: bool = False) -> None:
    """Replace keys.json in one step, on disk before it returns; three generations stay unless `forget_older`.

    `forget_older` is for a slot that must stop working: an older generation would still hold it.
    """
    path = folder / KEY_FILE_NAME
    content = asdict(key_file)
    document = {"format": _FORMAT, **content, "digest": _digest(content)}
    older = _older_generations(folder)
    if forget_older:
        for generation in older:
            generation.unlink(missing_ok=True)
    elif path.exists():
        for newer, generation in reversed(list(zip([path, *older], older, strict=False))):
            if newer.exists() and newer != path:
                newer.replace(generation)
        _replace_private(older[0], path.read_bytes())
    _replace_private(path, json.dumps(document, indent=1).encode())
    _sync_folder(folder)


def _read_generation(path: Path) -> KeyFile:
    data = json.loads(path.read_text("utf-8"))
    if data["format"] != _FORMAT:
        raise StoreError("newer_keys")
    slots = tuple(Slot(**slot) for slot in data["slots"])
    key_file = KeyFile(data["desk_uuid"], KeyCost(**data["cost"]), data["check"], slots)
    if data["digest"] != _digest(asdict(key_file)):
        raise ValueError("the digest is of other content")
    return key_file


def _digest(content: dict[str, object]) -> str:
    """Return what tells damage apart from a wrong passphrase; who means harm is stopped by the seals, not by this."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _older_generations(folder: Path) -> list[Path]:
    return [folder / f"{KEY_FILE_NAME}.{number}" for number in range(1, _GENERATIONS)]


def whole_older_generations(folder: Path) -> int:
    """Return how many older generations of the key file could take its place."""
    return len(list(_whole_older(folder)))


def _whole_older(folder: Path) -> Iterator[Path]:
    for generation in _older_generations(folder):
        with contextlib.suppress(OSError, StoreError, *_UNREADABLE):
            _read_generation(generation)
            yield generation


def _whole_older_generation(folder: Path) -> Path | None:
    return next(_whole_older(folder), None)


def _damaged(folder: Path) -> StoreError:
    older = _whole_older_generation(folder)
    if older is None:
        return StoreError("key_file_lost", folder=folder)
    return StoreError("key_file_damaged", folder=folder, older=older.name, name=KEY_FILE_NAME)


def _seal(key_file: KeyFile, keys: DeskKeys, kind: str, username: str, secret: str) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_stretch(secret, salt, key_file.cost)).encrypt(
        nonce, keys.data_key + keys.audit_key, _bound_to(key_file, kind, username)
    )
    return Slot(kind, username, salt.hex(), nonce.hex(), sealed.hex())


def _unseal(key_file: KeyFile, kind: str, username: str, secret: str) -> DeskKeys:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = next((slot for slot in key_file.slots if (slot.kind, slot.username) == (kind, username)), None)
    if slot is None:
        raise _refused(kind)
    try:
        both = AESGCM(_stretch(secret, bytes.fromhex(slot.salt), key_file.cost)).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), _bound_to(key_file, kind, username)
        )
    except InvalidTag as error:
        raise _refused(kind) from error
    keys = DeskKeys(both[:_KEY_BYTES], both[_KEY_BYTES:])
    if not hmac.compare_digest(_check_value(keys), key_file.check):
        raise StoreError("key_file_unfit")
    return keys


def _refused(kind: str) -> KeyRefused:
    if kind == RECOVERY:
        return KeyRefused("recovery")
    return KeyRefused("sign_in")


def load_ciphers() -> None:
    """Load what `unlock` loads on first use."""
    import cryptography.exceptions
    import cryptography.hazmat.primitives.ciphers.aead
    import cryptography.hazmat.primitives.kdf.argon2  # noqa: F401 - only loaded


def _stretch(secret: str, salt: bytes, cost: KeyCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    stretcher = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return stretcher.derive(unicodedata.normalize("NFKC", secret).encode())


def _bound_to(key_file: KeyFile, kind: str, username: str) -> bytes:
    cost = key_file.cost
    parts = (_FORMAT, key_file.desk_uuid, kind, username, cost.memory_kib, cost.passes, cost.lanes)
    return json.dumps(parts).encode()


def _check_value(keys: DeskKeys) -> str:
    return hmac.new(keys.data_key, _CHECK_LABEL + keys.audit_key, hashlib.sha256).hexdigest()


def _plain_code(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())


def _replace_private(path: Path, content: bytes) -> None:
    """Write beside the file and move over it, so that no reader and no crash ever finds half of one."""
    fresh = path.with_name(f"{KEY_FILE_NAME}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
