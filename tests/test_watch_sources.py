"""What a file of sources may say, and what is said of one that may not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.watch import FullText, Kind, Source, SourcesError, read_sources
from quellenlage.watch.sources import sources_of

WHOLE = """
every = "30m"
contact = "mailto:redaktion@example.org"
delay = 3

[[source]]
address = "https://kurier.example/feed"
outlet = "Kurier"
language = "de-DE"
full_text = "page"
updates = true

[[source]]
address = "https://bote.example/sitemap.xml"
kind = "sitemap"
every = "2h"
since = "1d"
"""
ADDRESS = {"address": "https://kurier.example/feed"}


def test_a_file_of_sources(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(WHOLE, encoding="utf-8")
    read = read_sources(file)
    assert (read.contact, read.delay) == ("mailto:redaktion@example.org", 3.0)
    first = Source(
        "https://kurier.example/feed", timedelta(minutes=30), None, "Kurier", "de", FullText.PAGE, updates=True
    )
    second = Source("https://bote.example/sitemap.xml", timedelta(hours=2), Kind.SITEMAP, since=timedelta(days=1))
    assert read.sources == (first, second)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, r"no source; write \[\[source\]\]"),
        ({"source": "https://kurier.example"}, "no source"),
        ({"source": [{}]}, "source 1: address is missing"),
        ({"source": [{"address": "kurier.example"}]}, "source 1: address .*only http and https"),
        ({"source": [{"address": 5}]}, "address is 5, expected words"),
        ({"source": [ADDRESS, ADDRESS]}, "source 2: .* is there twice"),
        ({"source": [{**ADDRESS, "evry": "15m"}]}, "no key 'evry'; did you mean every?"),
        ({"source": [ADDRESS], "ledger": "x"}, "no key 'ledger'"),
        ({"source": [{**ADDRESS, "every": "oft"}]}, "every is 'oft', expected a time such as \"90s\""),
        ({"source": [{**ADDRESS, "every": 15}]}, "every is 15, expected a time"),
        ({"source": [{**ADDRESS, "every": "30s"}]}, "less than a minute"),
        ({"source": [{**ADDRESS, "every": "0m"}]}, "every is '0m'"),
        ({"source": [{**ADDRESS, "kind": "rss"}]}, 'kind is \'rss\', expected one of "feed", "sitemap", "page"'),
        ({"source": [{**ADDRESS, "kind": ["feed"]}]}, "kind is"),
        ({"source": [{**ADDRESS, "full_text": True}]}, "full_text is True"),
        ({"source": [{**ADDRESS, "language": "Deutsch!"}]}, "language is 'Deutsch!', expected a code"),
        ({"source": [{**ADDRESS, "updates": "ja"}]}, "updates is 'ja', expected true or false"),
        ({"source": [ADDRESS], "delay": -1}, "delay is -1"),
        ({"source": [ADDRESS], "delay": True}, "delay is True"),
        ({"source": [ADDRESS], "contact": "a\nb"}, "contact is"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(said: dict[str, object], why: str) -> None:
    with pytest.raises(SourcesError, match=rf"^quellen\.toml.*{why}"):
        sources_of(said, "quellen.toml")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        read_sources(tmp_path / "fehlt.toml")
    (tmp_path / "a.toml").write_text("[[source]\n", encoding="utf-8")
    with pytest.raises(SourcesError, match=r"no TOML: .*line 1"):
        read_sources(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_bytes(b"contact = '\xff'")
    with pytest.raises(SourcesError, match="not in UTF-8"):
        read_sources(tmp_path / "b.toml")


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=3), max_size=2)
KEYS = st.sampled_from(["address", "every", "kind", "outlet", "language", "full_text", "since", "updates", "x"])


@given(st.dictionaries(KEYS, VALUES), st.dictionaries(st.sampled_from(["every", "contact", "delay"]), VALUES))
def test_any_table_is_read_or_refused(source: dict[str, object], above: dict[str, object]) -> None:
    said = {**above, "source": [{**ADDRESS, **source}]}
    try:
        (read,) = sources_of(said, "quellen.toml").sources
    except SourcesError:
        return
    assert read.every >= timedelta(minutes=1)
