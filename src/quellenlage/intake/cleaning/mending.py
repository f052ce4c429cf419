"""Letters that were broken on the way, and variants of one and the same character."""

from __future__ import annotations

import html
import re

from ftfy import fix_encoding

from quellenlage.intake.edits import Edit
from quellenlage.intake.normalise import plain

# Only what was decoded wrongly is mended: quotation marks, ligatures and widths are the author's own.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,12});")


def with_whole_letters(text: str) -> tuple[str, tuple[Edit, ...]]:
    """The text with UTF-8 that was read as another encoding made whole ("fÃ¼r"), and HTML entities resolved.

    ftfy (https://ftfy.readthedocs.io) finds what was decoded wrongly, line by line.
    """
    edits: list[Edit] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        mended = fix_encoding(line)
        if mended != line:
            edits.append(Edit("broken_letters", line, mended, "UTF-8 was read as another encoding"))
        if _ENTITY.search(mended):
            resolved = html.unescape(mended)
            edits.append(Edit("entities", mended, resolved, "a page's way of writing characters"))
            mended = resolved
        lines[number] = mended
    return ("\n".join(lines), tuple(edits)) if edits else (text, ())


def folded(text: str) -> tuple[str, tuple[Edit, ...]]:
    """The text with line ends, spaces and accents in one way of writing each, and without invisible characters."""
    folded_text = plain(text)
    if folded_text == text:
        return text, ()
    return folded_text, (Edit("variants", "", "", "line ends, spaces, accents and invisible characters were folded"),)
