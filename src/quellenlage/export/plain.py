"""Text as every format can hold it."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INSTEAD = "\ufffd"
"""What stands for a character that cannot be written."""


def plain(text: str) -> str:
    """The text with U+FFFD for each character that XML forbids: control characters and halves of surrogate pairs.

    Source: production `Char` of XML 1.0, fifth edition. Sheets of XLSX are XML too, and Parquet and JSON in UTF-8 have
    no halves of surrogate pairs either.
    """
    return _FORBIDDEN.sub(INSTEAD, text)
