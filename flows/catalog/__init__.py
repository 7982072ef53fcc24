"""The reviewed words: how content files are read, refused, signed and said."""

from flows.catalog.catalog import Catalog, CatalogError, NotInCatalog, parse
from flows.catalog.menu import Choice, Menu
from flows.catalog.message import Kind, Message
from flows.catalog.review import fingerprint, sign

__all__ = [
    "Catalog",
    "CatalogError",
    "Choice",
    "Kind",
    "Menu",
    "Message",
    "NotInCatalog",
    "fingerprint",
    "parse",
    "sign",
]
