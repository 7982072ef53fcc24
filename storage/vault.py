"""The vault: encrypts what is stored, and makes the keyed hashes by which it is found and chained."""

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.engine.interfaces import Dialect
from sqlmodel import Session

KEY_BYTES = 32
NONCE_BYTES = 12
# The first byte of every sealed value, so that another cipher can be told apart one day.
FORMAT = b"\x01"
# The vault hangs on the dialect of its engine: column types see nothing else, and a global would mix two databases.
_PLACE = "helpline_vault"


class Sealed(Exception):
    """A stored value that does not open: another key, another column, or changed bytes."""


class NoVault(Exception):
    """An encrypted column was used outside a transaction of a Database, where there is no key."""


def seal(key: bytes, plain: bytes, label: str) -> bytes:
    """Encrypt with AES-256-GCM; the label must be the same when it is opened."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, label.encode())


def unseal(key: bytes, sealed: bytes, label: str) -> bytes:
    """Open what `seal` made, or raise Sealed."""
    start = len(FORMAT) + NONCE_BYTES
    if sealed[: len(FORMAT)] != FORMAT or len(sealed) < start:
        raise Sealed(f"not a sealed value: {label}")
    try:
        return AESGCM(key).decrypt(sealed[len(FORMAT) : start], sealed[start:], label.encode())
    except InvalidTag:
        raise Sealed(f"does not open with this key: {label}") from None


class Vault:
    """The two unwrapped keys of one database, and all that is done with them."""

    def __init__(self, data_key: bytes, index_key: bytes) -> None:
        if len(data_key) != KEY_BYTES or len(index_key) != KEY_BYTES:
            raise ValueError(f"keys have {KEY_BYTES} bytes")
        self._data_key = data_key
        self._index_key = index_key

    def encrypt(self, plain: bytes, label: str) -> bytes:
        """Seal a value for one column; the label keeps it from being read in another."""
        return seal(self._data_key, plain, label)

    def decrypt(self, sealed: bytes, label: str) -> bytes:
        """Open a value of one column."""
        return unseal(self._data_key, sealed, label)

    def lookup(self, text: str) -> str:
        """The keyed hash by which an encrypted text (a phone number, say) is found again."""
        return hmac.new(self._index_key, b"lookup\0" + encode(text), sha256).hexdigest()

    def mac(self, content: bytes) -> bytes:
        """The keyed hash that chains events and stands for a text after it was purged."""
        return hmac.new(self._index_key, b"mac\0" + content, sha256).digest()


def encode(text: str) -> bytes:
    """UTF-8 that takes any Python string, lone surrogates too: a webhook can bring them."""
    return text.encode("utf-8", "surrogatepass")


def decode(content: bytes) -> str:
    """The reverse of `encode`."""
    return content.decode("utf-8", "surrogatepass")


def hang(vault: Vault, dialect: Dialect) -> None:
    """Give the engine of this dialect its vault."""
    setattr(dialect, _PLACE, vault)


def hanging(dialect: Dialect) -> Vault | None:
    """The vault of this dialect's engine, if it was loaded yet."""
    found = getattr(dialect, _PLACE, None)
    return found if isinstance(found, Vault) else None


def vault_on(dialect: Dialect) -> Vault:
    """The vault of this dialect's engine, or NoVault."""
    found = hanging(dialect)
    if found is None:
        raise NoVault("encrypted columns work only inside a transaction of a Database")
    return found


def vault_of(db: Session) -> Vault:
    """The vault of the database that this session belongs to."""
    return vault_on(db.get_bind().dialect)
