"""The keyring: the keys of one database, stored wrapped by the secrets of the settings."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlmodel import Field, Session, SQLModel, select

from storage.columns import UtcTime
from storage.statements import insert_once
from storage.vault import KEY_BYTES, Sealed, Vault, seal, unseal

DATA, INDEX = "data", "index"
WRAPPING = "wrap"
# A secret may be a sentence, so guessing must cost: 16 MB and some 40 ms a guess.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 1
SALT = b"helpline secret 1"


class KeyringRow(SQLModel, table=True):
    """One key, wrapped."""

    __tablename__ = "keyring"

    name: str = Field(primary_key=True)
    wrapped: bytes
    made_at: datetime = Field(sa_type=UtcTime)


class WrongSecret(Exception):
    """None of the secrets opens the keys of this database."""


class BrokenKeyring(Exception):
    """A key was lost; a new one would hide that nothing stored can be read any more."""


def derive_key(secret: str, purpose: str) -> bytes:
    """A key for one purpose from a secret of the settings."""
    return HKDFExpand(SHA256(), KEY_BYTES, purpose.encode()).derive(_stretch(secret))


@lru_cache(maxsize=16)
def _stretch(secret: str) -> bytes:
    return Scrypt(salt=SALT, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(secret.encode())


def find_vault(db: Session, secrets: Sequence[str]) -> Vault | None:
    """The vault of this database, or None where its keys were never made."""
    if not secrets:
        raise WrongSecret("HELPLINE_SECRET_KEYS is empty: nothing can be encrypted.")
    keys = _unwrapped(db, secrets)
    if not keys:
        return None
    if len(keys) < 2:
        raise BrokenKeyring("A key is missing in the table `keyring`: restore that table from a backup.")
    return Vault(keys[DATA], keys[INDEX])


def make_vault(db: Session, secrets: Sequence[str], randomness: Callable[[int], bytes] = os.urandom) -> Vault:
    """The vault with new keys; when another replica was first, with that one's keys."""
    for name in (DATA, INDEX):
        wrapped = _wrap(secrets[0], name, randomness(KEY_BYTES))
        row = {"name": name, "wrapped": wrapped, "made_at": datetime.now(UTC)}
        insert_once(db, KeyringRow, row, ["name"])
    keys = _unwrapped(db, secrets)
    return Vault(keys[DATA], keys[INDEX])


def rewrap(db: Session, secrets: Sequence[str]) -> int:
    """Wrap every key with the first secret, after opening it with any of them; how many there were."""
    rows = db.exec(select(KeyringRow)).all()
    for row in rows:
        row.wrapped = _wrap(secrets[0], row.name, _unwrap(row, secrets))
        db.add(row)
    return len(rows)


def _unwrapped(db: Session, secrets: Sequence[str]) -> dict[str, bytes]:
    return {row.name: _unwrap(row, secrets) for row in db.exec(select(KeyringRow)).all()}


def _wrap(secret: str, name: str, key: bytes) -> bytes:
    return seal(derive_key(secret, WRAPPING), key, f"keyring.{name}")


def _unwrap(row: KeyringRow, secrets: Sequence[str]) -> bytes:
    for secret in secrets:
        try:
            return unseal(derive_key(secret, WRAPPING), row.wrapped, f"keyring.{row.name}")
        except Sealed:
            continue
    raise WrongSecret(
        "None of HELPLINE_SECRET_KEYS opens the keys of this database: it was made with another secret. "
        "Put that secret into HELPLINE_SECRET_KEYS (behind the new one, if it was being changed)."
    )
