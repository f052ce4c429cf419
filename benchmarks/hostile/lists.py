"""Feeds, sitemaps and lists of addresses that nest, expand or never end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.hostile import pages, runs, values, whole
from benchmarks.hostile.archives import overlapping, zeros

_Made = Callable[[], bytes]


def feed(chance: Random) -> bytes:
    """A feed."""
    size = chance.choice([50, 2_000, 30_000])
    text = runs.run(chance, 300_000)
    tag = chance.choice(["item", "title", "a", "media:content", "link", "content:encoded", "dc:date"])
    ways: Sequence[_Made] = (
        lambda: whole.feed(f"<{tag}>" * size),
        lambda: whole.feed(f"<{tag}>x</{tag}>" * size),
        lambda: whole.feed("<item><title>&k;</title></item>", pages.bomb(chance)),
        lambda: whole.feed(f"<item><title>{text}</title><pubDate>{text[:5000]}</pubDate></item>"),
        lambda: whole.feed(f"<item><content:encoded><![CDATA[{pages.page(chance)}]]></content:encoded></item>"),
        lambda: whole.feed("<item><link>http://[</link><guid>\ud800</guid><description>x</description></item>" * 50),
        lambda: whole.feed("<item " + " ".join(f"a{n}='1'" for n in range(size)) + "/>"),
        lambda: whole.feed(f"<item a='{text.replace('<', '')}'>"),
        lambda: whole.feed("<!--" * size),
        lambda: whole.feed("<![CDATA[" * size),
        lambda: whole.feed("&" * size),
        lambda: zeros(300, whole.feed()),
        lambda: whole.packed(whole.feed("<item><title>x</title></item>" * size)),
        lambda: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * size,
        lambda: json.dumps({"version": "jsonfeed.org", "items": [values.article(chance) for _ in range(30)]}).encode(),
        lambda: b"<rss>" + b"\xff" * size,
    )
    return chance.choice(ways)()


def sitemap(chance: Random) -> bytes:
    """A sitemap."""
    size = chance.choice([50, 5_000, 60_000])
    text = runs.run(chance, 300_000)
    ways: Sequence[_Made] = (
        lambda: whole.sitemap("<url>" * size),
        lambda: whole.sitemap("<url><loc>https://a.example</loc></url>" * size),
        lambda: whole.sitemap("<url><loc>x</loc>" + "<news:news>" * size),
        lambda: whole.sitemap(f"<url><loc>{text}</loc><lastmod>{text[:9000]}</lastmod></url>"),
        lambda: whole.sitemap("<url><loc>&k;</loc></url>", pages.bomb(chance)),
        lambda: whole.sitemap("<x/>" * size * 5),
        lambda: whole.sitemap("<url>" + "<x/>" * size * 5),
        lambda: whole.sitemap("<url " + " ".join(f"a{n}='1'" for n in range(size)) + "/>"),
        lambda: zeros(300, whole.sitemap()),
        lambda: whole.sitemap().replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>"),
        lambda: whole.sitemap("<url><loc>\ud800\x00</loc></url>" * 9),
    )
    return chance.choice(ways)()


def address_list(chance: Random) -> bytes:
    """A list of addresses."""
    size = chance.choice([50, 5_000, 100_000])
    row = "\t".join(["20220905"] * 60 + ["https://bote.example/1"])
    ways: Sequence[_Made] = (
        lambda: runs.encoded(values.table(chance).replace("Inhalt", "url"), chance),
        lambda: runs.encoded(values.json_text(chance), chance),
        lambda: (row + "\n").encode() * (size // 10),
        lambda: b"\t" * 60 + b"\n" + b"\t" * size,
        lambda: overlapping("archive/a.csv", (row + "\n").encode() * 20_000, chance.choice([3, 200])),
        lambda: whole.zipped({"a.csv": bytes(300_000_000)}),
        lambda: whole.zipped({"a.csv": (row + "\n").encode() * size}),
        lambda: b"url\n" + b"http://[\n" * size + b"https://" + b"a" * 10_000,
    )
    return chance.choice(ways)()
