"""Documents that expand, nest or go round in circles."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.hostile import pages, runs, whole
from benchmarks.hostile.archives import lying

_Made = Callable[[], bytes]


def docx(chance: Random) -> bytes:
    """A Word document."""
    size = chance.choice([100, 5_000, 150_000])
    words = runs.run(chance, 500_000).replace("&", "").replace("<", "").replace("\0", "")
    ways: Sequence[_Made] = (
        lambda: whole.docx("<w:p>" * size),
        lambda: whole.docx("<w:p>" * 200 + "<w:t>x</w:t>" + "</w:p>" * 200),
        lambda: whole.docx("<w:p>" + "<w:r>" * 250 + "<w:t>x</w:t>" + "</w:r>" * 250 + "</w:p>"),
        lambda: whole.docx("<w:p><w:r><w:t>Ein Satz.</w:t></w:r></w:p>" * size),
        lambda: whole.docx("<w:p>" + "<w:r><w:t>Ein Satz.</w:t><w:br/></w:r>" * size + "</w:p>"),
        lambda: whole.docx("<w:x/>" * size * 3),
        lambda: whole.docx(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"),
        lambda: whole.docx(f"<w:p w:a='{words.replace(chr(39), '')}'/>"),
        lambda: whole.docx("<w:p " + " ".join(f"a{n}='1'" for n in range(size)) + "/>"),
        lambda: whole.docx("<w:p><w:r><w:t>&k;</w:t></w:r></w:p>", pages.bomb(chance)),
        lambda: whole.zipped({"word/document.xml": bytes(300_000_000)}),
        lambda: whole.zipped({"word/document.xml": b" " * 19_000_000}),
        lambda: whole.zipped({"word/document.xml": b"<a>" * 5_000_000}),
        lambda: whole.zipped({"word/document.xml": b"<a b='" + b"x" * 19_000_000}),
        lambda: whole.zipped({"word/document.xml": b"x", "docProps/core.xml": b"<" * 1_000_000}),
        lambda: lying(whole.docx(), chance),
    )
    return chance.choice(ways)()


def pdf(chance: Random) -> bytes:
    """A PDF."""
    size = chance.choice([100, 5_000, 200_000])
    ways: Sequence[_Made] = (
        lambda: _pdf(b"BT /F1 9 Tf (Ein Satz.) Tj " + b"(x) Tj " * size + b"ET"),
        lambda: _pdf(b"q " * size + b"BT (x) Tj ET"),
        lambda: _pdf(b"[" * size),
        lambda: _pdf(b"(" * size),
        lambda: _pdf(b"<<" * size),
        lambda: _pdf(b"BI " + b"/A 1 " * size + b"ID x EI"),
        lambda: _pdf(b"/X Do " * min(size, 30), form=b"/X Do " * 3),
        lambda: _pdf(zlib.compress(zlib.compress(bytes(400_000_000), 9), 9), "[/FlateDecode /FlateDecode]"),
        lambda: _pdf(zlib.compress(b"(x) Tj " * 3_000_000, 9), "/FlateDecode"),
        lambda: _pdf(b"80" * size, f"[{'/ASCIIHexDecode ' * 50}]"),
        lambda: _pdf(b"x", "/LZWDecode") + b"%" * size,
        lambda: _pdf(b"x", kids="[3 0 R 2 0 R]"),
        lambda: _pdf(b"x", kids="[" + "3 0 R " * size + "]"),
        lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * size,
        lambda: (
            b"%PDF-1.4\n"
            + b"xref\n0 99999999\n"
            + b"0000000000 65535 f \n" * size
            + b"trailer<</Root 1 0 R>>startxref\n9\n%%EOF"
        ),
        lambda: b"%PDF-1.4\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF" * size,
        lambda: whole.pdf() + b"startxref\n" + b"9" * size,
    )
    return chance.choice(ways)()


def _pdf(content: bytes, coding: str = "", kids: str = "[3 0 R]", form: bytes = b"") -> bytes:
    coded = f"/Filter {coding}" if coding else ""
    pieces = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids {kids}/Count 1>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        b"/XObject<</X 6 0 R>>>>>>",
        f"<<{coded}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
        + b"/Length %d>>stream\n" % len(form)
        + form
        + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, piece in enumerate(pieces, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + piece + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return bytes(out) + b"xref\n0 7\n0000000000 65535 f \n" + table + end


def parquet(chance: Random) -> bytes:
    """A Parquet file."""
    rows = chance.choice([10, 10_000, 2_000_000])
    ways: Sequence[_Made] = (
        lambda: whole.parquet(rows, None),
        lambda: whole.parquet(rows, whole.TEXT),
        lambda: whole.parquet(min(rows, 500), runs.run(chance, 200_000).encode("utf-8", "replace").decode()),
        lambda: whole.parquet(2, "Ein Satz. " * 1_000_000),
        lambda: whole.parquet(3)[:-8] + struct.pack("<I", chance.choice([0, 2**31 - 1, 2**32 - 1])) + b"PAR1",
        lambda: b"PAR1" + bytes(rows) + b"PAR1",
    )
    return chance.choice(ways)()
