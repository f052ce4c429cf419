"""When two texts are the same article."""

from __future__ import annotations

import hashlib

from quellenlage.intake.normalise import plain


def article_id(text: str, outlet: str | None) -> str:
    """16 hexadecimal digits: a SHA-256 of the normalised text and the outlet's name, white space and case folded.

    The same content under another file name or with other line ends is the same article. The same agency text printed
    by two named outlets is two articles, which are copies.
    """
    words = " ".join(plain(text).split())
    printed_by = " ".join(plain(outlet or "").split()).casefold()
    # Neither half holds a line end, so the line end cannot be mistaken for a part of either.
    return hashlib.sha256(f"{printed_by}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
