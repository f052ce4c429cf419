"""Archives that the tests read, written by another library than the one that reads them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = "2024-03-09T14:30:00Z"


def page(number: int, words: str = "Dänemark gibt zwölf Haubitzen ab.") -> bytes:
    return f"<html><body><p>Seite {number}: {words}</p></body></html>".encode()


def encoded(body: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    if coding == "deflate":
        return zlib.compress(body)
    return brotli.compress(body) if coding == "br" else body


def chunked(body: bytes, size: int = 20) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Archive:
    """A WARC file in the making."""

    def __init__(self, *, compressed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=compressed)
        self.starts: list[int] = []

    def response(
        self,
        body: bytes,
        *,
        address: str = "https://bote.example/1",
        status: str = "200 OK",
        media_type: str | None = "text/html; charset=UTF-8",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Archive:
        kind = [("Content-Type", media_type)] if media_type else []
        http = StatusAndHeaders(status, [*kind, *headers], protocol="HTTP/1.1")
        return self._add(address, "response", body, http)

    def request(self) -> Archive:
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "bote.example")], is_http_request=True)
        return self._add("https://bote.example/1", "request", b"", http)

    def text(self, body: bytes, address: str = "https://bote.example/1", media_type: str = "text/plain") -> Archive:
        return self._add(address, "conversion", body, None, media_type)

    def other(self, kind: str) -> Archive:
        return self._add("urn:pageinfo:https://bote.example/1", kind, b"{}", None, "application/json")

    def _add(self, address: str, kind: str, body: bytes, http: object, media_type: str = "") -> Archive:
        self.starts.append(self._out.tell())
        record = self._writer.create_warc_record(
            address,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": DAY, "WARC-Record-ID": f"<urn:uuid:{len(self.starts):032}>"},
        )
        self._writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self._out.getvalue()


def of_pages(count: int, *, compressed: bool = True) -> Archive:
    archive = Archive(compressed=compressed)
    for number in range(1, count + 1):
        archive.response(page(number), address=f"https://bote.example/{number}")
    return archive


def wacz(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._data.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
