"""The header of a mail → what it says of the newsletter in it."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from quellenlage.intake import metadata
from quellenlage.intake.original import Hints
from quellenlage.intake.web.dates import when

_LONGEST = 2000  # characters of a header that are looked at


def hints(mail: Message) -> Hints:
    """Subject, date, sender and language of a mail; the sender is its name as written, else the domain it writes from.

    What the header does not say, or not so that it can be read, is left open.
    """
    return Hints(
        title=_header(mail, "Subject") or None,
        # Programs write the name of the zone behind the date, as a comment.
        published=when(_header(mail, "Date").partition("(")[0]),
        outlet=_sender(mail),
        language=metadata.language(_header(mail, "Content-Language")),
    )


def name(mail: Message) -> str | None:
    """The Message-ID without its brackets, else the subject; None where there is neither."""
    return _header(mail, "Message-ID").strip("<>") or _header(mail, "Subject") or None


def filename(part: Message) -> str | None:
    """The name of an attached file, without any folders in it; None where it has none."""
    try:
        words = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return None
    return _decoded(words[:_LONGEST]).replace("\\", "/").rpartition("/")[2] or None


def charset(part: Message) -> str:
    """The charset that a part says it is in, lower case; empty where it says none."""
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def parameter(part: Message, key: str) -> str:
    """What the Content-Type of a part says beside the type, as `format`, lower case; empty where it says nothing."""
    try:
        return str(part.get_param(key, "")).lower()
    except (ValueError, LookupError, TypeError):
        return ""


def _sender(mail: Message) -> str | None:
    try:
        # Encoded words may hold the commas and brackets that it looks for.
        called, address = parseaddr(_raw(mail, "From"))
    except RecursionError:  # Comments in comments.
        return None
    return _decoded(called) or address.rpartition("@")[2] or None


def _header(mail: Message, key: str) -> str:
    return _decoded(_raw(mail, key))


def _raw(mail: Message, key: str) -> str:
    # Not mail[key], which loses letters that were written without any encoding.
    written = next((value for name, value in mail.raw_items() if name.lower() == key.lower()), "")
    raw = str(written)[:_LONGEST].encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _decoded(words: str) -> str:
    """The words with their encoded words (RFC 2047) read; those that cannot be stay as they are."""
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(encoding or "ascii", "replace")
            for piece, encoding in decode_header(words)
        ]
    except (HeaderParseError, LookupError, ValueError):
        pieces = [words]
    return " ".join("".join(pieces).split())
