"""A Word document (DOCX) → an article.

The format: ISO/IEC 29500 (Office Open XML), of which only the running text and the properties are needed. Read with
`zipfile` and lxml rather than python-docx, which unpacks every part of the file before it can be asked how large it
is, and would be a library more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from lxml import etree

from quellenlage.domain import Article
from quellenlage.intake.archives.zipped import BROKEN, member, opened
from quellenlage.intake.forms.properties import Properties, document_article
from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_CREATED = "{http://purl.org/dc/terms/}created"
_TEXT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_LARGEST_PART = 20_000_000  # bytes, unpacked; some thousand pages
_MOST_ELEMENTS = 200_000
# Text that was moved elsewhere, text boxes (they have paragraphs of their own), and the copy that old programs read.
_LEFT_OUT = frozenset({f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK})
_WHITE = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old Word document, or one with a password; save it as .docx without a password"),
    (b"{\\rtf", "an RTF document; save it as .docx or .txt"),
)
_OTHER_KINDS = (
    ("mimetype", "an OpenDocument file (ODT); save it as .docx or .txt"),
    ("xl/workbook.xml", "a table (XLSX); save it as CSV"),
    ("ppt/presentation.xml", "slides (PPTX); save them as PDF"),
)


def docx_article(original: Original) -> Article:
    r"""The article of a document: its paragraphs, separated by `\n`, without headers, footnotes and deleted text.

    Title, authors and day are the properties that the text shows too. Raises `Unreadable` where the file is another
    one, is damaged, has a password, or expands beyond measure.
    """
    where = original.where
    for magic, what in _OTHER_FORMATS:
        if original.data.startswith(magic):
            raise Unreadable(where, f"this is {what}")
    archive = opened(io.BytesIO(original.data), where, "Word document (DOCX)")
    names = set(archive.namelist())
    if _TEXT not in names:
        what = next((what for name, what in _OTHER_KINDS if name in names), "no Word document; check what the file is")
        raise Unreadable(where, f"this is {what}")
    try:
        text = "\n".join(_paragraphs(archive, where))
        properties = _properties(archive, where) if _PROPERTIES in names else Properties()
    except Unreadable:
        raise
    except (etree.LxmlError, *BROKEN) as error:
        raise Unreadable(where, f"the document is damaged ({error}); save it again, or as .txt") from error
    return document_article(original, text, properties)


def _paragraphs(archive: zipfile.ZipFile, where: str) -> Iterator[str]:
    for paragraph in _elements(archive, _TEXT, where, f"{_W}p"):
        words = " ".join("".join(_words(paragraph)).split())
        if words:
            yield words


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WHITE:
            yield _WHITE[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _words(child)


def _properties(archive: zipfile.ZipFile, where: str) -> Properties:
    found = {
        element.tag: element.text or ""
        for element in _elements(
            archive, _PROPERTIES, where, f"{_DUBLIN_CORE}title", f"{_DUBLIN_CORE}creator", _CREATED
        )
    }
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(found.get(_CREATED, "")[:10])
    authors = tuple(found.get(f"{_DUBLIN_CORE}creator", "").split(";"))
    return Properties(found.get(f"{_DUBLIN_CORE}title", ""), authors, day)


def _elements(archive: zipfile.ZipFile, name: str, where: str, *tags: str) -> Iterator[etree._Element]:
    """The elements with these tags, each as soon as it ends; none in a fallback, which says the same once more."""
    with member(archive, archive.getinfo(name), where, _LARGEST_PART) as part:
        reading = etree.iterparse(
            part, events=("end",), tag=(*tags, _FALLBACK), resolve_entities=False, no_network=True, load_dtd=False
        )
        for number, (_, element) in enumerate(reading):
            if number >= _MOST_ELEMENTS:
                raise Unreadable(where, f"over {_MOST_ELEMENTS} paragraphs are no article; split the document")
            if not number and element.getroottree().docinfo.doctype:
                raise Unreadable(where, "there is a DTD in it, which Word documents never have; save it again")
            if element.tag != _FALLBACK and not any(True for _ in element.iterancestors(_FALLBACK)):
                yield element
            element.clear(keep_tail=True)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
