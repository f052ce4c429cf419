"""Mails and mailboxes that nest, are cut, or lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.hostile import documents, pages, runs, whole

_Made = Callable[[], bytes]


def mail(chance: Random) -> bytes:
    """A mail."""
    size = chance.choice([10, 1_000, 50_000])
    words = runs.run(chance, 300_000)
    ways: Sequence[_Made] = (
        lambda: whole.mail(runs.text(chance)),
        lambda: whole.mail(pages.page(chance), "html"),
        lambda: whole.mail(more=f"X: {words}\r\n"),
        lambda: whole.mail(more="X: y\r\n" * size),
        lambda: whole.mail(more=" fortgesetzt\r\n" * size),
        lambda: whole.mail(more=f"Content-Language: {'de-' * size}\r\nDate: {words}\r\n"),
        lambda: b"Subject: " + b"=?utf-8?q?x?= " * size + b"\r\n\r\nx",
        lambda: b"Subject: " + b"=?" * size + b"\r\n\r\nx",
        lambda: b"From: " + chance.choice([b"<", b"(", b'"', b"@", b",", b"\\"]) * size + b"\r\n\r\nEin Text.",
        lambda: b"From: a\r\nContent-Type: text/plain; " + b"a*0=b; " * size + b"\r\n\r\nEin Text.",
        lambda: b"From: a\r\nContent-Type: multipart/mixed; boundary=" + b"x" * size + b"\r\n\r\n--" + b"x" * size,
        lambda: _nested(min(size, 3_000)),
        lambda: b"From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * size,
        lambda: b"From: a\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=A" * size,
        lambda: (
            b"From: a\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 x\n"
            + b"M" * size
        ),
        lambda: (
            b"From: a\r\nContent-Type: text/plain; charset="
            + chance.choice([b"idna", b"rot13", b"\xff", b"hex"])
            + b"\r\n\r\nx"
        ),
        lambda: _attached(chance, runs.run(chance, 300).encode("utf-8", "replace")),
        lambda: b"\n" * size * 20,
        lambda: b"From: a\r\n\r\n" + b"\n" * size * 20,
    )
    return chance.choice(ways)()


def _nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(depth)
    )
    return b"From: a\r\n" + parts + b"\r\nEin Text."


def _attached(chance: Random, name: bytes) -> bytes:
    kind, data = chance.choice(
        [(b".pdf", whole.pdf()[:-400]), (b".docx", documents.docx(chance)[:500_000]), (b".docx", whole.docx())]
    )
    head = b'From: a\r\nContent-Type: application/octet-stream; name="' + name.replace(b'"', b"").replace(b"\n", b" ")
    return head + kind + b'"\r\nContent-Disposition: attachment\r\n\r\n' + data


def mbox(chance: Random) -> bytes:
    """A mailbox."""
    size = chance.choice([3, 100, 3_000])
    ways: Sequence[_Made] = (
        lambda: whole.mbox([mail(chance) for _ in range(3)]),
        lambda: whole.mbox([b"From: a\n\nx"] * size),
        lambda: b"From a 10:00\n\n" * size * 30,
        lambda: b"From a 10:00\n" + b">" * size * 100 + b"From x\n" * size,
        lambda: b"From " + b"x" * size * 1_000 + b" 10:00\n",
    )
    return chance.choice(ways)()
