"""Mails and mailboxes → the newsletters in them.

The formats: RFC 5322 with MIME (RFC 2045–2049), and mbox (RFC 4155) as programs write it, with `>From ` for a line
of a mail that begins with `From ` (mboxrd).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message
from itertools import chain
from typing import BinaryIO

from quellenlage.intake.archives.letterhead import charset, filename, hints, name, parameter
from quellenlage.intake.original import Hints, Original, Skipped
from quellenlage.intake.unreadable import Unreadable

_LARGEST_MAIL = 50_000_000  # bytes
_MOST_WORK = 3_000_000  # lines times the parts that each may end; 50 MB of attachments in three parts stay below
_MOST_PARTS = 2000
_MOST_HEADERS = 2000  # lines
_LONGEST_LINE = 1 << 20  # bytes
_BOUNDARY = re.compile(rb"boundary", re.I)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_MAIL_BEGINS = re.compile(rb"From \S.*\d\d:\d\d")
_QUOTED_FROM = re.compile(rb">+From ")
_MAIL = "message/rfc822"
_HTML, _TEXT = "text/html", "text/plain"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Many programs call every attachment application/octet-stream: the ending of its name says more.
_FORMS = {".pdf": "application/pdf", ".docx": _DOCX}
_NEXT_STEP = "save the mail again, or paste the article into a .txt file"


def originals(stream: BinaryIO, where: str) -> Iterator[Original | Skipped]:
    """Of every mail its HTML part, else its text, and each PDF, DOCX and mail attached to it.

    The stream is one mail (EML), or an MBOX where it begins with `From `; one mail is in memory at a time. Subject,
    date and sender go along as hints. A mail that is attached to an attached one is a `Skipped`, and so is what
    cannot be read in an MBOX. Raises `Unreadable` where the only mail is none.
    """
    first = stream.readline(_LONGEST_LINE)
    if not _MAIL_BEGINS.match(first):
        data = first + stream.read(_LARGEST_MAIL)
        yield from _of_mail(_parsed(data, where), where, attached=False)
        return
    lines = chain([first], iter(lambda: stream.readline(_LONGEST_LINE), b""))
    for number, data in enumerate(_mails(lines), 1):
        try:
            at = f"{where}, mail {number}"
            yield from _of_mail(_parsed(data, at), at, attached=False)
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)


def _mails(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The mails of an MBOX, each without the line before it; one that is too large is cut just above the limit."""
    mail: bytearray | None = None
    is_behind_empty = True
    for line in lines:
        if is_behind_empty and _MAIL_BEGINS.match(line):
            if mail is not None:
                yield bytes(mail)
            mail = bytearray()
        elif mail is not None and len(mail) <= _LARGEST_MAIL:
            mail += line[1:] if _QUOTED_FROM.match(line) else line
        is_behind_empty = not line.strip()
    if mail is not None:
        yield bytes(mail)


def _parsed(data: bytes, where: str) -> Message:
    if len(data) > _LARGEST_MAIL:
        raise Unreadable(where, f"over {_LARGEST_MAIL // 1_000_000} MB are no newsletter; {_NEXT_STEP}")
    # The parser asks of every line whether it ends one of the parts that it stands in.
    lines = max(data.count(b"\n"), data.count(b"\r"))
    work = lines * (1 + len(_BOUNDARY.findall(data)))
    head = _EMPTY_LINE.split(data, maxsplit=1)[0]
    if work > _MOST_WORK or data.count(b"\n--") > _MOST_PARTS or head.count(b"\n") > _MOST_HEADERS:
        raise Unreadable(where, f"too many lines or parts for a newsletter; {_NEXT_STEP}")
    try:
        mail: Message = message_from_bytes(data, policy=policy.compat32)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise Unreadable(where, f"this mail is damaged ({error}); {_NEXT_STEP}") from error
    if not {"from", "date", "subject"} & {key.lower() for key in mail.keys()}:  # noqa: SIM118
        raise Unreadable(where, f"this is no mail, its header names neither sender nor date; {_NEXT_STEP}")
    return mail


def _of_mail(mail: Message, where: str, *, attached: bool) -> Iterator[Original | Skipped]:
    known, called = hints(mail), name(mail) or where
    parts = list(_parts(mail))
    body = _body(parts)
    if body is not None:
        yield _original(body, body.get_content_type(), where, called, known)
    found = body is not None
    for number, part in enumerate(parts, 1):
        attachment = filename(part) or f"attachment {number}"
        at = f"{where}, {attachment}"
        if part.get_content_type() == _MAIL and attached:
            yield Skipped(at, "a mail in a mail in a mail is not looked into; save it as a file of its own")
        elif part.get_content_type() == _MAIL:
            for inner in _inside(part):
                yield from _of_mail(inner, at, attached=True)
        elif media_type := _form(part):
            yield _original(part, media_type, at, attachment, replace(known, title=None))
        else:
            continue
        found = True
    if not found:
        yield Skipped(where, f"there is no text in this mail; {_NEXT_STEP}")


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail, but not those of the mails attached to it."""
    if mail.get_content_maintype() == "multipart":
        for part in _inside(mail):
            yield from _parts(part)
    else:
        yield mail


def _inside(mail: Message) -> list[Message]:
    inside = mail.get_payload()
    return [part for part in inside if isinstance(part, Message)] if isinstance(inside, list) else []


def _body(parts: list[Message]) -> Message | None:
    """The HTML part, which has the paragraphs as they were meant, else the text."""
    for media_type in (_HTML, _TEXT):
        for part in parts:
            is_body = part.get_content_type() == media_type and part.get_content_disposition() != "attachment"
            if is_body and _data(part).strip():
                return part
    return None


def _form(part: Message) -> str | None:
    media_type = part.get_content_type()
    ending = (filename(part) or "").lower().rpartition(".")[2]
    return _FORMS.get(f".{ending}") or (media_type if media_type in _FORMS.values() else None)


def _original(part: Message, media_type: str, where: str, called: str, known: Hints) -> Original:
    data = _data(part)
    if media_type == _TEXT and parameter(part, "format") == "flowed":
        data = _unflowed(data, deletes_space=parameter(part, "delsp") == "yes")
    return Original(data, where, called, media_type, charset(part), hints=known)


def _data(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _unflowed(data: bytes, *, deletes_space: bool) -> bytes:
    """Lines that end with a space go on in the next one (RFC 3676); all but the line before a signature."""
    lines = []
    for written in data.splitlines():
        line = written.removeprefix(b" ")
        flows = line.endswith(b" ") and line != b"-- "
        lines.append((line[:-1] if deletes_space else line) if flows else line + b"\n")
    return b"".join(lines)
