"""Bytes → text, whatever encoding a page or file was saved in."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from charset_normalizer import from_bytes

from quellenlage.intake.unreadable import Unreadable

_BOMS = (  # UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
# The WHATWG Encoding Standard reads pages that declare Latin-1 or ASCII as windows-1252, as browsers do.
_READ_AS_WINDOWS_1252 = frozenset({"iso8859-1", "ascii"})
# The 8-bit encodings of German, East European and Russian text; a free choice among all known ones guesses worse.
_EIGHT_BIT = ["cp1252", "cp1250", "cp1251"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL_CHARACTERS = 0.02
_NEXT_STEP = "save it as plain text, HTML or JSON in UTF-8"


def decode(data: bytes, where: str, charset: str = "") -> str:
    """The text of `data`: by its byte order mark, as UTF-8, by the charset that its server or an HTML page declares, or
    by its letters.

    A byte order mark is no part of the text. UTF-8 with a few broken bytes stays UTF-8; each broken place becomes
    U+FFFD. Raises `Unreadable` for what is no text.
    """
    for magic, name in _FOREIGN_FORMATS:
        if data.startswith(magic):
            raise Unreadable(where, f"this is {name}, but text, HTML or JSON was expected; {_NEXT_STEP}")
    text = _by_mark(data)
    if text is None:
        text = _utf16_without_mark(data)
    if text is None:
        text = _utf8(data)
    if text is None:
        text = _as_declared(data, charset)
    if text is None:
        text = _by_its_letters(data)
    if text is None or is_binary(text):
        raise Unreadable(where, f"these bytes are no text in any encoding known here; {_NEXT_STEP}")
    return text


def is_binary(text: str) -> bool:
    """Whether there is a zero in it, or too many characters control a device."""
    if "\x00" in text:
        return True
    # No more are counted than it takes to say so.
    too_many = islice(_CONTROL.finditer(text), int(_MOST_CONTROL_CHARACTERS * len(text)), None)
    return next(too_many, None) is not None


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    if len(data) < 4 or len(data) % 2:
        return None
    low, high = data[::2], data[1::2]
    for zeros, others, encoding in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if zeros.count(0) > 0.7 * len(zeros) and not others.count(0):
            return _strictly(data, encoding)
    return None


def _utf8(data: bytes) -> str | None:
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = len(lenient) - len(lenient.encode("ascii", "ignore")) - broken
    # Text in an 8-bit encoding hardly ever holds whole UTF-8 characters, let alone ten for every broken one.
    return lenient if whole > 10 * broken else None


def _as_declared(data: bytes, charset: str) -> str | None:
    declared = _META_CHARSET.search(data[:4096])
    names = [charset, declared[1].decode("ascii") if declared else ""]
    texts = (_strictly(data, _encoding(name)) for name in names if name)
    return next((text for text in texts if text is not None), None)


def _encoding(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return charset
    return "cp1252" if name in _READ_AS_WINDOWS_1252 else name


def _by_its_letters(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=_EIGHT_BIT).best()
    return None if best is None else str(best)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (ValueError, LookupError):
        return None
