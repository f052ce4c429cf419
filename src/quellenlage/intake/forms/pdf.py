"""A PDF with text → an article."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from quellenlage.domain import Article
from quellenlage.intake.forms.lines import paragraphs
from quellenlage.intake.forms.properties import Properties, document_article
from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable

_CHILD = Path(__file__).with_name("child.py")
_LARGEST = 100_000_000  # bytes
_SECONDS = 8
_BEGINS = b"%PDF-"
_FOREWORD = 1024  # bytes that may stand before the beginning (PDF 1.7, implementation note 13)


def pdf_article(original: Original) -> Article:
    """The article of a PDF: its text in the order in which the document writes it, its lines made into paragraphs.

    Reading happens in a process of its own, with a limit of time (8 s) and, where the system knows one, of memory
    (700 MB). Title, authors and day are the properties that the text shows too. Raises `Unreadable` where the file is
    encrypted, damaged or too long, or holds pictures only.
    """
    if len(original.data) > _LARGEST:
        raise Unreadable(original.where, f"over {_LARGEST // 1_000_000} MB are no article; split the PDF")
    if _BEGINS not in original.data[:_FOREWORD]:
        raise Unreadable(original.where, "this is no PDF, which begins with %PDF; check what the file is")
    found = _reading(original.data, original.where)
    text = paragraphs(found["pages"])
    if not text.strip():
        raise Unreadable(original.where, "the PDF holds pictures only, no text; run OCR first, as with ocrmypdf")
    authors = tuple(name.strip() for name in found["author"].replace(";", ",").split(","))
    return document_article(original, text, Properties(found["title"], authors, _day(found["created"])))


def _reading(data: bytes, where: str) -> dict[str, Any]:
    try:
        # -P: what lies in the folder of the script or in the current one is not to be taken for a library.
        done = subprocess.run(
            [sys.executable, "-P", str(_CHILD), "pdf"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(where, f"reading the PDF took over {_SECONDS} s; split it, or save it as text") from error
    except (ValueError, OSError) as error:
        raise Unreadable(where, "the PDF broke off the process that read it; save it as text") from error
    problem = found.get("problem")
    if problem == "encrypted":
        raise Unreadable(where, "the PDF is encrypted; save it without its password")
    if problem:
        raise Unreadable(where, f"the PDF cannot be read: {problem}; save it again, or as text")
    return found


def _day(words: str) -> date | None:
    """The day of a PDF date such as `D:20240309143000+01'00'` (PDF 1.7, section 7.9.4)."""
    with suppress(ValueError):
        return date.fromisoformat(words.removeprefix("D:")[:8])
    return None
