import io
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.export.appeared import appeared_at
from quellenlage.export.atom import write_atom
from quellenlage.export.plain import plain
from quellenlage.steps import Weighed
from tests.exported import CLAIMS, DELIVERED, NOTHING, OSLO, SEOUL, WHOLE, named, weighed_of

ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(all_of_it: Weighed = WHOLE, language: str = "en") -> str:
    out = io.StringIO()
    write_atom(all_of_it, out, named(all_of_it, language))
    return out.getvalue()


def feed(all_of_it: Weighed = WHOLE, language: str = "en") -> feedparser.FeedParserDict:
    parsed = feedparser.parse(io.BytesIO(text_of(all_of_it, language).encode()))
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_every_claim_is_an_entry_newest_first_and_undated_last() -> None:
    entries = feed().entries
    ids = [entry.id.rpartition("/")[2] for entry in entries]
    assert sorted(ids) == sorted(claim.id for claim in CLAIMS)
    assert ids == ["c4", "c3", "c2", "c1", "c5"]
    moments = [entry.updated for entry in entries]
    assert moments == [
        "2025-03-04T08:30:00+01:00",
        "2025-03-04T08:30:00+01:00",
        "2024-10-01T00:00:00+00:00",
        "2024-09-02T00:00:00+00:00",
        "1970-01-01T00:00:00+00:00",
    ]
    assert "published" in entries[0]
    assert "published" not in entries[-1]


def test_an_entry_tells_what_is_said_by_whom_and_where_to_read_it() -> None:
    entry = next(entry for entry in feed().entries if entry.id.endswith("/c1"))
    assert "is said to have been completed, according to officials (Norway)" in entry.title
    assert (entry.author, entry.link) == ("fjordbote", "https://fjordbote.example/haubitzen")
    assert {"delivered", "NO", "EE", "artillery", "Artillery"} == {tag.term for tag in entry.tags}
    assert entry.content[0].value.endswith("Haubitzen für Tallinn\noslo")
    assert "soll erfolgt sein" in next(e.title for e in feed(language="de").entries if e.id == entry.id)


def test_the_feed_has_what_rfc_4287_asks_for() -> None:
    for all_of_it in (WHOLE, NOTHING):
        root = ElementTree.fromstring(text_of(all_of_it))
        assert root.tag == f"{ATOM}feed"
        for parent in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(parent.findall(f"{ATOM}{name}")) == 1
            assert len(parent.findall(f"{ATOM}author")) == 1
        ids = [one.text for one in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        assert all(id.startswith("tag:quellenlage,2026:") for id in ids if id)


def test_an_empty_ledger_is_a_feed_without_entries() -> None:
    assert feed(NOTHING).entries == []
    assert feed(NOTHING).feed.updated.startswith("1970-01-01")


def test_the_same_ledger_gives_the_same_feed() -> None:
    assert text_of() == text_of()


def test_an_address_that_is_none_is_no_link() -> None:
    for url in ("javascript:alert(1)", "https://a b", '"'):
        article = replace(OSLO, url=url)
        entry = ElementTree.fromstring(text_of(weighed_of([article], [DELIVERED]))).find(f"{ATOM}entry")
        assert entry is not None
        assert entry.find(f"{ATOM}link") is None


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2024", "2024-01-01T00:00:00+00:00"),
        ("2024-05~", "2024-05-01T00:00:00+00:00"),
        ("2024-05-06T07:08", "2024-05-06T07:08:00+00:00"),
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09+00:00"),
        ("gestern", "1970-01-01T00:00:00+00:00"),
        (None, "1970-01-01T00:00:00+00:00"),
    ],
)
def test_moments(published: str | None, moment: str) -> None:
    assert appeared_at(replace(SEOUL, published=published)).isoformat() == moment


@settings(max_examples=60)
@given(st.text(min_size=1))
def test_any_name_gives_a_file_that_can_be_read(name: str) -> None:
    article = replace(OSLO, title=name, doc=f"d{name}", outlet=f"o{name}", url=f"https://x.example/{name}")
    root = ElementTree.fromstring(text_of(weighed_of([article], [DELIVERED])))
    content = root.findtext(f"{ATOM}entry/{ATOM}content") or ""
    assert content.endswith(plain(f"{name}\nd{name}"))
