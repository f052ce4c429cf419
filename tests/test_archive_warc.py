import gzip
import io
import zlib
from collections import Counter
from contextlib import suppress

import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.intake.archives import wacz as wacz_module
from quellenlage.intake.archives import warc
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.unreadable import Unreadable
from tests.archive_samples import DAY, Archive, Pipe, chunked, encoded, of_pages, page, wacz

_MB = 1 << 20


def _read(data: bytes) -> list[Original | Skipped]:
    return list(warc.originals(io.BytesIO(data), "a.warc"))


def _bodies(found: list[Original | Skipped]) -> list[bytes]:
    return [item.data for item in found if isinstance(item, Original)]


def _gzipped(*pieces: bytes) -> bytes:
    machine = zlib.compressobj(1, wbits=31)
    return b"".join([*(machine.compress(piece) for piece in pieces), machine.flush()])


@pytest.mark.parametrize("compressed", [True, False])
def test_a_page_comes_with_its_address_its_moment_and_its_charset(compressed):
    [original] = _read(Archive(compressed=compressed).response(page(1)).data)
    assert original == Original(
        data=page(1),
        where="a.warc, record 1",
        name="https://bote.example/1",
        media_type="text/html",
        charset="utf-8",
        address="https://bote.example/1",
        got=DAY,
    )


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("is_chunked", [True, False])
@pytest.mark.parametrize("coding", ["", "gzip", "deflate", "br"])
def test_what_the_server_encoded_is_decoded_and_the_next_page_is_found(compressed, is_chunked, coding):
    archive = Archive(compressed=compressed)
    for number in (1, 2, 3):
        body = encoded(page(number), coding)
        headers = (("Content-Encoding", coding),) if coding else ()
        headers += (("Transfer-Encoding", "chunked"),) if is_chunked else ()
        archive.response(chunked(body) if is_chunked else body, headers=headers)
    assert _bodies(_read(archive.data)) == [page(1), page(2), page(3)]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "chunked", "unheard-of"])
def test_a_page_that_is_not_encoded_as_its_header_says_stands_as_it_is(coding):
    headers = (("Transfer-Encoding" if coding == "chunked" else "Content-Encoding", coding),)
    assert _bodies(_read(Archive().response(page(1), headers=headers).data)) == [page(1)]


def test_two_encodings_are_undone_from_the_last():
    body = encoded(encoded(page(1), "gzip"), "br")
    archive = Archive().response(body, headers=(("Content-Encoding", "gzip, br"),))
    assert _bodies(_read(archive.data)) == [page(1)]


def test_other_records_are_passed_over_and_counted():
    archive = Archive().request().other("metadata").other("resource").response(page(1))
    archive.response(b"%PDF-1.7", media_type="application/pdf").response(b"gone", status="404 Not Found")
    archive.response(b"?", media_type=None).response(b"").response(page(2), media_type="application/xhtml+xml")
    passed = Counter()
    found = list(warc.originals(io.BytesIO(archive.data), "a.warc", passed))
    assert _bodies(found) == [page(1), page(2)]
    assert len(found) == 2
    assert passed == {
        "request": 1,
        "metadata": 1,
        "resource": 1,
        "application/pdf": 1,
        "status 404": 1,
        "no media type": 1,
        "empty": 1,
    }


def test_the_texts_of_a_wet_file_are_plain_text_in_utf_8():
    words = "Haubitzen für Kiew\nDänemark gibt zwölf ab.".encode()
    [original] = _read(Archive().text(words).text(b"{}", media_type="application/json").data)
    assert (original.data, original.media_type, original.charset) == (words, "text/plain", "utf-8")
    assert original.address == "https://bote.example/1"


def test_an_archive_that_is_compressed_as_a_whole_is_read():
    assert _bodies(_read(gzip.compress(of_pages(3, compressed=False).data))) == [page(1), page(2), page(3)]


def test_an_archive_compressed_with_zstd_is_read():
    out = io.BytesIO()
    with ZstdWriter(out) as writer:
        writer.write(of_pages(3, compressed=False).data)
    assert _bodies(_read(out.getvalue())) == [page(1), page(2), page(3)]


def test_an_archive_is_read_from_a_pipe():
    assert _bodies(list(warc.originals(io.BufferedReader(Pipe(of_pages(3).data)), "-"))) == [page(1), page(2), page(3)]


def test_angle_brackets_around_an_address_are_no_part_of_it():
    [original] = _read(Archive().response(page(1), address="<https://bote.example/1>").data)
    assert original.address == "https://bote.example/1"


@pytest.mark.parametrize("compressed", [True, False])
def test_behind_a_damaged_stretch_reading_goes_on(compressed):
    archive = of_pages(5, compressed=compressed)
    start, end = archive.starts[2], archive.starts[3]
    damaged = archive.data[: start + 5] + bytes(end - start - 10) + archive.data[end - 5 :]
    found = _read(damaged)
    assert _bodies(found) == [page(1), page(2), page(4), page(5)]
    [skipped] = [item for item in found if isinstance(item, Skipped)]
    assert "record 2" in skipped.where
    assert f"reading went on at byte {end}" in skipped.why


@pytest.mark.parametrize("compressed", [True, False])
def test_behind_a_stretch_that_is_missing_reading_goes_on(compressed):
    archive = of_pages(5, compressed=compressed)
    middle = (archive.starts[2] + archive.starts[3]) // 2
    found = _read(archive.data[:middle] + archive.data[archive.starts[3] :])
    assert _bodies(found)[:2] == [page(1), page(2)]
    assert _bodies(found)[-1] == page(5)
    assert any(isinstance(item, Skipped) for item in found)


@given(st.booleans(), st.integers(0, 2), st.floats(0, 1, exclude_min=True))
def test_a_cut_archive_gives_its_whole_records_and_says_what_is_missing(compressed, whole, part):
    archive = of_pages(5, compressed=compressed)
    start, next_start = archive.starts[whole + 1 : whole + 3]
    end = start + 12 + int(part * (next_start - start - 40))
    found = _read(archive.data[:end])
    assert _bodies(found) == [page(number) for number in range(1, whole + 2)]
    assert isinstance(found[-1], Skipped)
    assert f"record {whole + 1}" in found[-1].where or f"record {whole + 2}" in found[-1].where


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x1f\x8b\x08rubbish", gzip.compress(b"hello", mtime=0), b"A" * 100_000]
)
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(Unreadable, match=r"^a\.warc: this is no WARC"):
        _read(data)


HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: _gzipped(*[b"\r\n" * (_MB // 2)] * 100), id="empty lines"),
        pytest.param(lambda: _gzipped(HEAD % (300 * _MB), *[bytes(_MB)] * 300), id="a huge record"),
        pytest.param(lambda: _gzipped(*[b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 20_000] * 100), id="many"),
    ],
)
def test_an_archive_that_expands_beyond_measure_is_left(bomb):
    found = _read(bomb())
    assert len(found) == 1
    assert "expands beyond measure" in found[0].why


def test_a_page_that_expands_beyond_measure_is_left_out_alone():
    bomb = encoded(bytes(100 * _MB), "gzip")
    archive = Archive().response(bomb, headers=(("Content-Encoding", "gzip"),)).response(page(2))
    first, second = _read(archive.data)
    assert isinstance(first, Skipped)
    assert "MB" in first.why
    assert second.data == page(2)


def test_the_pages_of_a_wacz_file_are_those_of_its_archives():
    members = {
        "archive/rec-1.warc.gz": of_pages(2).data,
        "pages/pages.jsonl": b"{}",
        "archive/broken.warc.gz": b"rubbish",
        "archive/rec-2.warc": of_pages(1, compressed=False).data,
        "elsewhere/more.warc.gz": of_pages(1).data,
    }
    found = list(wacz_module.originals(io.BytesIO(wacz(members)), "a.wacz"))
    assert _bodies(found) == [page(1), page(2), page(1)]
    assert [item.where for item in found if isinstance(item, Skipped)] == ["a.wacz, archive/broken.warc.gz"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", of_pages(1).data, wacz({"archive/index.cdx": b""})])
def test_what_is_no_wacz_file_is_refused(data):
    with pytest.raises(Unreadable, match=r"^a\.wacz: "):
        list(wacz_module.originals(io.BytesIO(data), "a.wacz"))


def test_a_member_that_expands_beyond_measure_is_left_out():
    def bomb(megabytes: int) -> io.BytesIO:
        return io.BytesIO(wacz({"archive/a.warc": bytes(megabytes * _MB), "archive/b.warc": HEAD % 0}, compression=8))

    first, *_ = wacz_module.originals(bomb(80), "a.wacz")
    assert first.where == "a.wacz, archive/a.warc"
    assert "expands beyond measure" in first.why
    with pytest.raises(Unreadable, match=r"^a\.wacz: expands beyond measure"):
        list(wacz_module.originals(bomb(120), "a.wacz"))


PLAIN, PACKED, ZIPPED = (
    of_pages(4, compressed=False).data,
    of_pages(4).data,
    wacz({"archive/a.warc.gz": of_pages(4).data}),
)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some changed, taken out or put in, or cut off."""
    bytes_ = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(bytes_) - 1)))
        match draw(st.sampled_from(["flip", "cut", "delete", "insert"])):
            case "flip" if bytes_:
                bytes_[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del bytes_[at:]
            case "delete":
                del bytes_[at : at + draw(st.integers(1, 200))]
            case "insert":
                bytes_[at:at] = draw(st.binary(max_size=40))
    return bytes(bytes_)


@settings(max_examples=300)
@given(st.sampled_from([PLAIN, PACKED]).flatmap(damaged))
def test_a_damaged_archive_gives_pages_or_says_what_is_wrong(data):
    with suppress(Unreadable):
        assert all(item.data if isinstance(item, Original) else item.why for item in _read(data))


@settings(max_examples=150)
@given(damaged(ZIPPED))
def test_a_damaged_wacz_file_gives_pages_or_says_what_is_wrong(data):
    with suppress(Unreadable):
        found = list(wacz_module.originals(io.BytesIO(data), "a.wacz"))
        assert all(item.data if isinstance(item, Original) else item.why for item in found)


@given(st.integers(0, 3), st.integers(0, 7), st.floats(0, 1))
def test_one_wrong_bit_costs_no_more_than_one_record_of_a_compressed_archive(record, bit, at):
    archive = of_pages(4)
    starts = [*archive.starts, len(archive.data)]
    position = starts[record] + int(at * (starts[record + 1] - starts[record] - 1))
    data = bytearray(archive.data)
    data[position] ^= 1 << bit
    others = [page(number) for number in range(1, 5) if number != record + 1]
    assert [body for body in _bodies(_read(bytes(data))) if body in others] == others
