import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.intake.forms.address_lists import Listed, listed
from quellenlage.intake.original import Skipped
from quellenlage.intake.unreadable import Unreadable

ADDRESS = "https://bote.example/haubitzen"
MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    f'9,2024-03-10 01:00:00,de,bote.example,bote.example,2024-03-09,"Haubitzen, für Kiew",{ADDRESS}\n'
).encode()
STORY = {
    "id": "9",
    "indexed_date": "2024-03-10 01:00:00",
    "language": "de",
    "media_name": "bote.example",
    "media_url": "bote.example",
    "publish_date": "2024-03-09",
    "title": "Haubitzen, für Kiew",
    "url": ADDRESS,
}
WHOLE = Listed(ADDRESS, "Haubitzen, für Kiew", "2024-03-09", "bote.example", "de")


def _read(data: bytes, **columns: str) -> list[Listed | Skipped]:
    return list(listed(io.BytesIO(data), "liste", columns))


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _line(width: int, cells: dict[int, str]) -> bytes:
    return "\t".join(cells.get(number, "1") for number in range(width)).encode() + b"\n"


@pytest.mark.parametrize(
    "data",
    [
        MEDIA_CLOUD,
        b"\xef\xbb\xbf" + MEDIA_CLOUD,
        json.dumps([STORY]).encode(),
        json.dumps({"count": 1, "stories": [STORY]}).encode(),
        json.dumps(STORY).encode(),
        json.dumps(STORY).encode() + b"\n" + json.dumps(STORY).encode() + b"\n",
    ],
)
def test_what_media_cloud_exports(data):
    assert _read(data) == [WHOLE]


def test_the_article_list_of_gdelt():
    csv = f'URL,MobileURL,Date,Title\n"{ADDRESS}","","2024-03-09 14:30:00","Haubitzen"\n'.encode()
    assert _read(csv) == [Listed(ADDRESS, "Haubitzen", "2024-03-09T14:30:00")]
    entry = {"url": ADDRESS, "url_mobile": "", "title": "Haubitzen", "seendate": "20240309T143000Z"}
    entry |= {"socialimage": "", "domain": "bote.example", "language": "German", "sourcecountry": "Germany"}
    found = _read(json.dumps({"articles": [entry]}).encode())
    assert found == [Listed(ADDRESS, "Haubitzen", "2024-03-09T14:30:00+00:00", "bote.example", "de")]


def test_the_tables_of_gdelt_which_have_no_head():
    seen, at = "20240309143000", "2024-03-09T14:30:00+00:00"
    events = _line(61, {59: seen, 60: ADDRESS})
    assert _read(events) == [Listed(ADDRESS, published=at)]
    assert _read(_zip({"20240309143000.export.CSV": events})) == [Listed(ADDRESS, published=at)]
    assert _read(_line(58, {56: "20240309", 57: ADDRESS})) == [Listed(ADDRESS, published="2024-03-09")]
    mention = {2: seen, 3: "1", 4: "bote.example", 5: ADDRESS, 14: "srclc:deu;eng:GT-DEU 1.0"}
    assert _read(_line(16, mention)) == [Listed(ADDRESS, None, at, "bote.example", "de")]
    assert [type(one) for one in _read(_line(16, mention | {3: "2", 5: "a citation"}))] == [Skipped]
    graph = {1: seen, 2: "1", 3: "bote.example", 4: ADDRESS, 25: "", 26: "<PAGE_TITLE>A &amp; B</PAGE_TITLE>"}
    assert _read(_line(27, graph)) == [Listed(ADDRESS, "A & B", at, "bote.example", "en")]


def test_a_line_that_is_too_short_is_skipped():
    found = _read(_line(61, {59: "20240309143000", 60: ADDRESS}) + b"cut\toff\n")
    assert isinstance(found[1], Skipped)
    assert found[1].where == "liste, line 2"


def test_columns_can_be_given():
    assert _read(f"wo;was\n{ADDRESS};x\n".encode(), url="wo", title="was") == [Listed(ADDRESS, "x")]
    with pytest.raises(Unreadable, match="columns are wo, was; say it as --columns url="):
        _read(b"wo;was\n")


def test_each_address_is_listed_once():
    assert _read(f"url\n{ADDRESS}\n{ADDRESS}\n{ADDRESS}?2\n".encode()) == [Listed(ADDRESS), Listed(f"{ADDRESS}?2")]


@pytest.mark.parametrize(
    "address", ["", "ftp://a.example", "bote.example/1", "javascript:alert(1)", "https://", "http://[a"]
)
def test_what_is_no_address_on_the_web_is_skipped(address):
    [skipped] = _read(f"url,title\n{address},x\n".encode())
    assert "no address on the web" in skipped.why
    assert skipped.where == "liste, row 2"


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", _zip({"a.bin": b""}), b"PK\x03\x04", b"[" + b"{}," * 200_000 + b"{}]"]
)
def test_what_is_no_list_is_refused(data):
    with pytest.raises(Unreadable):
        _read(data)


@pytest.mark.parametrize("data", [b"[1, 2]", b"[[[", b'{"a": 1}', b'{"url": [1]}', b"[" * 100_000])
def test_json_that_is_no_list_says_so(data):
    assert all(isinstance(found, Skipped) for found in _read(data))


def test_archives_in_archives_are_not_looked_into():
    with pytest.raises(Unreadable, match="no table in this ZIP"):
        _read(_zip({"inner.zip": _zip({"a.csv": MEDIA_CLOUD})}))


def test_a_table_that_expands_beyond_measure_is_left_out():
    [skipped] = _read(_zip({"a.csv": MEDIA_CLOUD + bytes(80_000_000)}))
    assert "expands beyond measure" in skipped.why


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_list_gives_addresses_or_says_what_is_wrong(data):
    table = bytearray(
        data.draw(st.sampled_from([MEDIA_CLOUD, json.dumps([STORY]).encode(), _zip({"a.csv": MEDIA_CLOUD})]))
    )
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(table)))
        table[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    with suppress(Unreadable):
        for found in _read(bytes(table)):
            assert found.address.startswith("http") if isinstance(found, Listed) else found.why
