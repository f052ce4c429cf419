"""Archives, documents and feeds that expand, nest, overlap or promise beyond measure."""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from benchmarks.hostile import shapes, whole

_Made = Callable[[], bytes]


@cache
def _zeros(megabytes: int, beginning: bytes = b"") -> bytes:
    """Some bytes and then nothing, as gzip, a thousandth as large."""
    machine = zlib.compressobj(6, wbits=31)
    pieces = [machine.compress(beginning), *(machine.compress(bytes(1_000_000)) for _ in range(megabytes))]
    return b"".join([*pieces, machine.flush()])


def warc(chance: Random) -> bytes:
    """A WARC or WET file, compressed or not."""
    size = chance.choice([10, 300, 3_000])
    body = shapes.encoded(chance.choice([shapes.page, shapes.text])(chance), chance)
    small = whole.record(b"<p>x</p>")
    ways: Sequence[_Made] = (
        lambda: _zeros(800),
        lambda: _zeros(200) * 10,
        lambda: _zeros(900, whole.record(b"<p>", size=900_000_000)),
        lambda: _zeros(300, b"WARC/1.0\r\n"),
        lambda: gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * (size * 1_000), 1),
        lambda: gzip.compress(small * (size * 10), 9),
        lambda: gzip.compress(whole.record(gzip.compress(bytes(15_000_000)), headers="Content-Encoding: gzip\r\n") * 3),
        lambda: whole.record(_zeros(300), headers="Content-Encoding: gzip, gzip\r\n"),
        lambda: whole.record(
            zlib.compress(body), headers=f"Content-Encoding: {chance.choice(['br', 'deflate', 'zstd'])}\r\n"
        ),
        lambda: whole.record(b"ffffffffff\r\nx" * size, headers="Transfer-Encoding: chunked\r\n"),
        lambda: whole.record(b"1\r\nx\r\n" * size * 30, headers="Transfer-Encoding: chunked\r\n"),
        lambda: whole.record(body) * 2,
        lambda: whole.record(body, "conversion", "text/plain"),
        lambda: whole.record(body, size=chance.choice([0, 1, 10**9, 2**31, 2**63, 2**64])) + small,
        lambda: whole.record(body, headers="A: " + "b" * size * 1_000 + "\r\n"),
        lambda: whole.record(body, headers="A: b\r\n" * size * 100),
        lambda: small[:-5] * size,
        lambda: b"WARC/1.0\r\n\r\n" * (size * 100),
        lambda: b"\x1f\x8b\x08" * (size * 300),
        lambda: (b"\x1f\x8b\x08\x00" + bytes(6) + b"\x03\x00") * (size * 30),
        lambda: gzip.compress(b"") * (size * 100) + gzip.compress(small),
        lambda: whole.warc([body, b"x", body], compressed=True)[: -chance.randint(1, 300)],
    )
    return chance.choice(ways)()


def wacz(chance: Random) -> bytes:
    """A ZIP file with WARC files in it."""
    many = chance.choice([10, 500, 20_000])
    ways: Sequence[_Made] = (
        lambda: whole.zipped({"archive/a.warc": bytes(400_000_000)}),
        lambda: whole.zipped({"archive/a.warc.gz": _zeros(800)}),
        lambda: overlapping("archive/a.warc", whole.record(b"<p>Ein Text.</p>") * 30 + bytes(40_000_000), many),
        lambda: overlapping("archive/a.warc", whole.record(whole.page().encode()) * 200, many),
        lambda: whole.zipped({f"archive/{n}.warc": whole.record(b"<p>x</p>") for n in range(min(many, 2_000))}),
        lambda: whole.zipped({"archive/../../a.warc": whole.record(b"<p>x</p>"), "archive/": b""}),
        lambda: whole.zipped({"archive/a.warc": whole.zipped({"archive/a.warc": b"x"})}),
        lambda: whole.zipped({"archive/a.warc.gz": warc(chance)}, zipfile.ZIP_STORED),
        lambda: whole.zipped({"archive/a.warc": whole.record(b"x") * 9}, zipfile.ZIP_LZMA),
        lambda: _lying(whole.zipped({"archive/a.warc": whole.record(b"<p>x</p>") * 500}), chance),
        lambda: b"PK\x05\x06" + bytes(4) + struct.pack("<HHIIH", 65535, 65535, 2**32 - 1, 0, 0),
        lambda: b"PK\x05\x06" * 20_000,
    )
    return chance.choice(ways)()


def overlapping(name: str, data: bytes, many: int) -> bytes:
    """A ZIP file whose directory names one and the same packed member many times."""
    one = whole.zipped({name: data})
    end = one.rindex(b"PK\x05\x06")
    start = one.index(b"PK\x01\x02")
    entries = one[start:end] * many
    counts = struct.pack("<HHIIH", min(many, 65535), min(many, 65535), len(entries), start, 0)
    return one[:start] + entries + b"PK\x05\x06" + bytes(4) + counts


def _lying(data: bytes, chance: Random) -> bytes:
    """The directory promises another size than there is."""
    start = data.index(b"PK\x01\x02")
    size = chance.choice([0, 1, 2**31, 2**32 - 1])
    return data[: start + 24] + struct.pack("<I", size) + data[start + 28 :]


def docx(chance: Random) -> bytes:
    """A Word document."""
    size = chance.choice([100, 5_000, 150_000])
    words = shapes.run(chance, 500_000).replace("&", "").replace("<", "").replace("\0", "")
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
        lambda: whole.docx("<w:p><w:r><w:t>&k;</w:t></w:r></w:p>", shapes.bomb(chance)),
        lambda: whole.zipped({"word/document.xml": bytes(300_000_000)}),
        lambda: whole.zipped({"word/document.xml": b" " * 19_000_000}),
        lambda: whole.zipped({"word/document.xml": b"<a>" * 5_000_000}),
        lambda: whole.zipped({"word/document.xml": b"<a b='" + b"x" * 19_000_000}),
        lambda: whole.zipped({"word/document.xml": b"x", "docProps/core.xml": b"<" * 1_000_000}),
        lambda: _lying(whole.docx(), chance),
    )
    return chance.choice(ways)()


def mail(chance: Random) -> bytes:
    """A mail."""
    size = chance.choice([10, 1_000, 50_000])
    words = shapes.run(chance, 300_000)
    ways: Sequence[_Made] = (
        lambda: whole.mail(shapes.text(chance)),
        lambda: whole.mail(shapes.page(chance), "html"),
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
        lambda: _attached(chance, shapes.run(chance, 300).encode("utf-8", "replace")),
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
        [(b".pdf", whole.pdf()[:-400]), (b".docx", docx(chance)[:500_000]), (b".docx", whole.docx())]
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
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        f"<<{coded}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length {len(form)}>>stream\n".encode()
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
        lambda: whole.parquet(min(rows, 500), shapes.run(chance).encode("utf-8", "replace").decode()),
        lambda: whole.parquet(2, "Ein Satz. " * 1_000_000),
        lambda: whole.parquet(3)[:-8] + struct.pack("<I", chance.choice([0, 2**31 - 1, 2**32 - 1])) + b"PAR1",
        lambda: b"PAR1" + bytes(rows) + b"PAR1",
    )
    return chance.choice(ways)()


def feed(chance: Random) -> bytes:
    """A feed."""
    size = chance.choice([50, 2_000, 30_000])
    text = shapes.run(chance, 300_000)
    tag = chance.choice(["item", "title", "a", "media:content", "link", "content:encoded", "dc:date"])
    ways: Sequence[_Made] = (
        lambda: whole.feed(f"<{tag}>" * size),
        lambda: whole.feed(f"<{tag}>x</{tag}>" * size),
        lambda: whole.feed("<item><title>&k;</title></item>", shapes.bomb(chance)),
        lambda: whole.feed(f"<item><title>{text}</title><pubDate>{text[:5000]}</pubDate></item>"),
        lambda: whole.feed(f"<item><content:encoded><![CDATA[{shapes.page(chance)}]]></content:encoded></item>"),
        lambda: whole.feed("<item><link>http://[</link><guid>\ud800</guid><description>x</description></item>" * 50),
        lambda: whole.feed("<item " + " ".join(f"a{n}='1'" for n in range(size)) + "/>"),
        lambda: whole.feed(f"<item a='{text.replace('<', '')}'>"),
        lambda: whole.feed("<!--" * size),
        lambda: whole.feed("<![CDATA[" * size),
        lambda: whole.feed("&" * size),
        lambda: _zeros(300, whole.feed()),
        lambda: gzip.compress(whole.feed("<item><title>x</title></item>" * size)),
        lambda: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * size,
        lambda: json.dumps({"version": "jsonfeed.org", "items": [shapes.article(chance) for _ in range(30)]}).encode(),
        lambda: b"<rss>" + b"\xff" * size,
    )
    return chance.choice(ways)()


def sitemap(chance: Random) -> bytes:
    """A sitemap."""
    size = chance.choice([50, 5_000, 60_000])
    text = shapes.run(chance, 300_000)
    ways: Sequence[_Made] = (
        lambda: whole.sitemap("<url>" * size),
        lambda: whole.sitemap("<url><loc>https://a.example</loc></url>" * size),
        lambda: whole.sitemap("<url><loc>x</loc>" + "<news:news>" * size),
        lambda: whole.sitemap(f"<url><loc>{text}</loc><lastmod>{text[:9000]}</lastmod></url>"),
        lambda: whole.sitemap("<url><loc>&k;</loc></url>", shapes.bomb(chance)),
        lambda: whole.sitemap("<x/>" * size * 5),
        lambda: whole.sitemap("<url>" + "<x/>" * size * 5),
        lambda: whole.sitemap("<url " + " ".join(f"a{n}='1'" for n in range(size)) + "/>"),
        lambda: _zeros(300, whole.sitemap()),
        lambda: whole.sitemap().replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>"),
        lambda: whole.sitemap("<url><loc>\ud800\x00</loc></url>" * 9),
    )
    return chance.choice(ways)()


def address_list(chance: Random) -> bytes:
    """A list of addresses."""
    size = chance.choice([50, 5_000, 100_000])
    row = "\t".join(["20220905"] * 60 + ["https://bote.example/1"])
    ways: Sequence[_Made] = (
        lambda: shapes.encoded(shapes.table(chance).replace("Inhalt", "url"), chance),
        lambda: shapes.encoded(shapes.json_text(chance), chance),
        lambda: (row + "\n").encode() * (size // 10),
        lambda: b"\t" * 60 + b"\n" + b"\t" * size,
        lambda: overlapping("archive/a.csv", (row + "\n").encode() * 20_000, chance.choice([3, 200])),
        lambda: whole.zipped({"a.csv": bytes(300_000_000)}),
        lambda: whole.zipped({"a.csv": (row + "\n").encode() * size}),
        lambda: b"url\n" + b"http://[\n" * size + b"https://" + b"a" * 10_000,
    )
    return chance.choice(ways)()


def anything(chance: Random) -> bytes:
    """Bytes without a name that says what they are."""
    size = chance.choice([1, 100, 100_000, 3_000_000])
    ways: Sequence[_Made] = (
        lambda: chance.randbytes(size),
        lambda: bytes([chance.randrange(256)]) * size,
        lambda: bytes(range(256)) * (1 + size // 256),
        lambda: b"\xff\xfe" + chance.randbytes(size),
        lambda: (
            chance.choice([b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"WARC/", b"From ", b"{\\rtf", b"<html"])
            + chance.randbytes(size)
        ),
        lambda: shapes.encoded(
            chance.choice([shapes.text, shapes.page, shapes.json_text, shapes.json_lines])(chance), chance
        ),
        lambda: "".join(map(chr, chance.choices(range(0xD800), k=min(size, 200_000)))).encode(),
        lambda: b"{" * size,
        lambda: b"<!--" * size,
        lambda: b"<?xml " + b" " * size,
        lambda: b"",
    )
    return chance.choice(ways)()


def huge(chance: Random) -> bytes:
    """A few signs without end: 30 to 250 MB."""
    units = (
        b"{},",
        b"[],",
        b'"ab",',
        b'{"text":"x"}\n',
        b"\x01",
        b"x",
        b" ",
        b"\n",
        b"<p>x",
        b"<a>",
        b"Ein Satz. ",
        b"\xff",
    )
    unit = chance.choice([*units, "😀".encode(), b"ab;", b'"', b"From a 10:00\n\n", b"a\0", b"--b\n"])
    begin = chance.choice(
        [b"", b"", b"[", b"{", b"<html>", b"%PDF-1.4\n", b"\xff\xfe", b"Inhalt;Datum\n", b"From: a\r\n\r\n"]
    )
    return begin + unit * (chance.choice([30, 45, 90, 250]) * 1_000_000 // len(unit))
