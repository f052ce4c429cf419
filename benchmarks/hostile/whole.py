"""Whole inputs of every kind, small and of our own making, for mutations to break."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq
from fpdf import FPDF

TITLE = "Oslo schickt Haubitzen nach Riga"
PARAGRAPHS = (
    "Oslo (dpa) – Norwegen liefert Lettland zwölf Haubitzen. Das teilte das Verteidigungsministerium am Montag mit.",
    "Verteidigungsminister Ola Nordmann (54) sagte, die Geschütze würden „in den nächsten Wochen“ übergeben.",
    "Lesen Sie auch: Estland kauft Drohnen in der Türkei",
    "Die Regierung in Riga dankte und kündigte an, die Geschütze an der Grenze im Osten des Landes aufzustellen.",
    "Foto: Agentur/Nordlicht",
)
TEXT = "\n".join((TITLE, *PARAGRAPHS))
TICKER = "\n".join(
    ["Alle Meldungen im Ticker", "5. September 2022"]
    + [f"+++ {hour:02}:4{hour % 6} Uhr: Meldung {hour} +++\n{PARAGRAPHS[hour % 4]}" for hour in range(22, 6, -1)]
)
_DAY = (2022, 9, 5, 10, 0, 0)  # of everything, so that the same is made every time
_FIELDS = {"title": TITLE, "text": TEXT, "url": "https://bote.example/1", "published": "2022-09-05", "language": "de"}
_LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2022-09-05T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ada Amsel"}],
    "publisher": {"name": "Der Bote"},
    "articleBody": TEXT,
}


def page(body: str | None = None, data: str | None = None, charset: str = "utf-8") -> str:
    """A page of news; `data` is its JSON-LD."""
    inside = body if body is not None else "".join(f"<p>{line}</p>\n" for line in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="{charset}"><title>{TITLE} | Der Bote</title>
<meta property="og:title" content="{TITLE}"><link rel="canonical" href="https://bote.example/1">
<script type="application/ld+json">{data if data is not None else json.dumps(_LD)}</script></head>
<body><nav><a href="/">Start</a></nav><article><h1>{TITLE}</h1><time datetime="2022-09-05">5. September</time>
{inside}</article><aside><h2>Mehr zum Thema</h2><a href="/2">Estland kauft Drohnen</a></aside></body></html>"""


def packed(data: bytes) -> bytes:
    """The bytes as gzip."""
    return gzip.compress(data, 1, mtime=0)


def pdf() -> bytes:
    """A PDF of two pages."""
    made = FPDF()
    made.set_title(TITLE)
    made.set_creation_date(datetime(*_DAY, tzinfo=UTC))
    made.set_font("helvetica", size=11)
    for _ in range(2):
        made.add_page()
        made.multi_cell(0, 6, TEXT.encode("latin-1", "ignore").decode("latin-1"))
    return bytes(made.output())


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = compression
            archive.writestr(info, data)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str | None = None, beginning: str = "") -> bytes:
    """A Word document with the parts that are read."""
    inside = body if body is not None else "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in TEXT.split("\n"))
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></cp:coreProperties>'
    )
    document = f'<?xml version="1.0"?>{beginning}<w:document {_W}><w:body>{inside}</w:body></w:document>'
    return zipped({"word/document.xml": document.encode("utf-8", "replace"), "docProps/core.xml": core.encode()})


def mail(body: str = TEXT, subtype: str = "plain", more: str = "") -> bytes:
    """A newsletter with a body, and an attachment of the same text."""
    return (
        f"From: Der Bote <bote@bote.example>\r\nSubject: =?utf-8?q?Haubitzen_f=C3=BCr_Riga?=\r\n{more}"
        "Date: Mon, 05 Sep 2022 10:00:00 +0200\r\nMessage-ID: <1@bote.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="grenze"\r\n\r\n--grenze\r\n'
        f"Content-Type: text/{subtype}; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}"
        "\r\n--grenze\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nEin Text.\r\n"
        "--grenze--\r\n"
    ).encode("utf-8", "replace")


def mbox(mails: Sequence[bytes]) -> bytes:
    """A mailbox."""
    return b"".join(b"From bote@bote.example Mon Sep  5 10:00:00 2022\n" + one + b"\n\n" for one in mails)


def record(
    body: bytes, kind: str = "response", media_type: str = "text/html; charset=utf-8", headers: str = "", size: int = -1
) -> bytes:
    """A record of a WARC or WET file; `size` is what it says its length is, where that is not so."""
    if kind == "response":
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode()
        body, outer = http + body, "application/http; msgtype=response"
    else:
        outer = media_type
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://bote.example/1\r\nWARC-Date: 2022-09-05T10:00:00Z"
        f"\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {outer}\r\n"
        f"Content-Length: {len(body) if size < 0 else size}\r\n\r\n"
    ).encode() + (body + b"\r\n\r\n")


def warc(bodies: Sequence[bytes], *, compressed: bool) -> bytes:
    """A WARC file, each record compressed by itself where it is."""
    records = [record(body) for body in bodies]
    return b"".join(packed(one) if compressed else one for one in records)


def feed(items: str | None = None, beginning: str = "") -> bytes:
    """An RSS feed with whole texts."""
    inside = items if items is not None else "".join(_item(number) for number in range(5))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{beginning}<rss version="2.0" xmlns:content='
        f'"http://purl.org/rss/1.0/modules/content/"><channel><title>Der Bote</title>{inside}</channel></rss>'
    ).encode("utf-8", "replace")


def _item(number: int) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return (
        f"<item><title>{TITLE}</title><link>https://bote.example/{number}</link><guid>{number}</guid><pubDate>Mon, 05 "
        f"Sep 2022 10:00:00 +0200</pubDate><content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


def json_feed() -> bytes:
    """A JSON Feed."""
    item = {"id": "1", "url": "https://bote.example/1", "title": TITLE, "content_text": TEXT}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Der Bote", "items": [item]}).encode()


def sitemap(urls: str | None = None, beginning: str = "") -> bytes:
    """A sitemap with tags for news."""
    inside = urls if urls is not None else "".join(_url(number) for number in range(5))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{beginning}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{inside}</urlset>'
    ).encode("utf-8", "replace")


def _url(number: int) -> str:
    news = f"<news:news><news:publication_date>2022-09-05</news:publication_date><news:title>{TITLE}</news:title>"
    return f"<url><loc>https://bote.example/{number}</loc><lastmod>2022-09-05</lastmod>{news}</news:news></url>"


def table(rows: int = 3, delimiter: str = ";") -> str:
    """A CSV file of articles."""
    text = TEXT.replace('"', '""')
    line = delimiter.join(["{}", TITLE, "05.09.2022", "Der Bote", f'"{text}"'])
    head = delimiter.join(["Nr", "Titel", "Datum", "Medium", "Inhalt"])
    return "\n".join([head, *(line.format(number) for number in range(rows))])


def parquet(rows: int = 3, text: str | None = TEXT) -> bytes:
    """A Parquet file of articles."""
    out = io.BytesIO()
    columns = {"title": [TITLE] * rows, "text": [text] * rows, "published": ["2022-09-05"] * rows}
    pq.write_table(pa.table(columns, schema=pa.schema([(name, pa.string()) for name in columns])), out)
    return out.getvalue()


def addresses() -> bytes:
    """A list of addresses as Media Cloud gives it out."""
    lines = [f"{n},2022-09-05,de,bote.example,{TITLE},https://bote.example/{n}" for n in range(5)]
    return "\n".join(["id,publish_date,language,media_name,title,url", *lines]).encode()


@cache
def wholes() -> dict[str, tuple[bytes, ...]]:
    """A few inputs of each kind, by the ending that its file has."""
    pages = tuple(page(charset=c).encode(c, "replace") for c in ("utf-8", "cp1252", "utf-16", "iso-8859-15"))
    article = json.dumps(_FIELDS, ensure_ascii=False).encode()
    fundus = {"title": TITLE, "plaintext": TEXT, "authors": ["Ada Amsel"], "publishing_date": "2022-09-05 10:00:00"}
    please = {"title": TITLE, "maintext": TEXT, "date_publish": "2022-09-05 10:00:00", "source_domain": "bote.example"}
    warcs = warc(pages[:2], compressed=False), warc(pages, compressed=True)
    wet = record(TEXT.encode(), "conversion", "text/plain") * 3
    return {
        ".html": (*pages, page(data='{"@type": "NewsArticle", "headline": "a",}').encode()),
        ".txt": (TEXT.encode(), TEXT.encode("cp1252", "replace"), TEXT.encode("utf-16"), TEXT.encode("utf-32")),
        ".ticker.txt": (TICKER.encode(), TICKER.encode("cp1252")),
        ".json": (article, json.dumps([_FIELDS, fundus, please]).encode(), json.dumps({"Bote": [fundus]}).encode()),
        ".jsonl": (article + b"\n" + json.dumps(please).encode() + b"\n" + json.dumps(fundus).encode(),),
        ".csv": (table().encode(), table(delimiter=",").encode("cp1252", "replace"), table().encode("utf-16")),
        ".parquet": (parquet(), parquet(200)),
        ".pdf": (pdf(),),
        ".docx": (docx(),),
        ".eml": (mail(), mail(page(), "html")),
        ".mbox": (mbox([mail(), mail(page(), "html"), mail()]),),
        ".warc": (warcs[0], wet),
        ".warc.gz": (warcs[1], packed(wet), packed(warcs[0])),
        ".wacz": (zipped({"archive/a.warc.gz": warcs[1], "archive/b.warc": warcs[0], "datapackage.json": b"{}"}),),
        ".feed": (feed(), json_feed(), packed(feed())),
        ".sitemap": (sitemap(), packed(sitemap())),
        ".list": (addresses(), json.dumps({"articles": [{"url": "https://bote.example/1", "title": TITLE}]}).encode()),
        "": (pages[0], article, TEXT.encode(), warcs[1], docx(), pdf(), mbox([mail()])),
    }
