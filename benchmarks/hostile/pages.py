"""Pages that are too deep, too wide, or lie."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

from benchmarks.hostile import whole
from benchmarks.hostile.runs import run
from benchmarks.hostile.values import ODD


def page(chance: Random) -> str:
    """A page that is too deep, too wide, or lies."""
    size = chance.choice([100, 3_000, 50_000, 300_000])
    tag = chance.choice(
        ["div", "p", "b", "span", "table", "ul", "a", "article", "blockquote", "font", "svg", "template"]
    )
    filler = run(chance, 50_000)
    bodies = (
        lambda: f"<{tag}>" * size + filler + f"</{tag}>" * chance.choice([0, size]),
        lambda: f"<{tag}>x</{tag}>" * size,
        lambda: f"<p>{whole.PARAGRAPHS[0]}</p>" * (size // 30),
        lambda: f"<{tag} {chance.choice(['class', 'id', 'href', 'style', 'itemprop', 'datetime'])}='{run(chance)}'>x",
        lambda: f"<{tag} " + " ".join(f"a{n}='{n}'" for n in range(size)) + ">x",
        lambda: f"<p>{filler}</p>" * chance.choice([1, 20]),
        lambda: "".join(f"<p>{run(chance, 400)}</p>" for _ in range(size // 100)),
        lambda: "<!--" * size + "x" + "-->" * chance.choice([0, 1]),
        lambda: f"<a href=x>{filler}</a>" * 5,
        lambda: "<br>" * size + "x",
        lambda: f"<{tag}><br>x</{tag}> y " * (size // 4),
        lambda: "".join(
            f"<p><a href='/{n}'>Titel {n}</a></p><p>{whole.PARAGRAPHS[n % 5]}</p>" for n in range(size // 60)
        ),
        lambda: "<script>" * size + filler,
        lambda: "<h1>" + filler + f"</h1><h1>{whole.TITLE}</h1>" * (size // 20),
        lambda: f"<meta name='author' content='{run(chance, 20_000)}'>" * chance.choice([1, 100]),
        lambda: "&" * size + "".join(f"&#{n};" for n in range(0, size, 7)),
        lambda: f"<div itemprop='articleBody'>{'<div itemprop=author>' * min(size, 3000)}{filler}",
        lambda: "<time datetime='" + run(chance, 5_000) + "'>" + run(chance, 5_000) + "</time>",
        lambda: "<table>" + "<tr><td>" * size + "x",
        lambda: "".join(f"<p>Am {n % 40}.{n % 15}.20{n % 100:02} geschah etwas.</p>" for n in range(size // 30)),
    )
    if chance.random() < 0.25:
        return whole.page(data=_linked_data(chance))
    made = whole.page(body=chance.choice(bodies)())
    return chance.choice(
        [
            made,
            made,
            made[made.index("<body") :],
            '<?xml version="1.0"?>' + bomb(chance) + made,
            made.replace("</article>", ""),
        ]
    )


def bomb(chance: Random) -> str:
    """A document type whose entities laugh a billion times, or look at files."""
    names = "abcdefghijk"
    deeper = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    looking = chance.choice(["", '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % y SYSTEM "http://127.0.0.1/">'])
    return f'<!DOCTYPE html [<!ENTITY a "{"ha" * 50}">{deeper}{looking}]>'


def _linked_data(chance: Random) -> str:
    size = chance.choice([50, 2_000, 100_000])
    return chance.choice(
        (
            lambda: "[" * size,
            lambda: "[" * size + "]" * size,
            lambda: '{"@graph":' * size + "1" + "}" * size,
            lambda: '{"@type":"NewsArticle","headline":"a","author":' + "[" * size + "]" * size + "}",
            lambda: '{"@type":"NewsArticle","articleBody":"' + run(chance, 300_000).replace('"', "") + '"}',
            lambda: '{"@type":"NewsArticle","headline":"' + "\\" * size + '"}',
            lambda: '{"@type":"NewsArticle","headline":"' + '\\"' * size,
            lambda: '{"@type":"NewsArticle","headline":"\\ud800\\u0000x","datePublished":' + "9" * size + "}",
            lambda: '{"@type":["NewsArticle",' + "1," * size + "],}",
            lambda: "," * size + '{"@type": "Article"' + " " * size + ",}",
            lambda: "," + " " * size + "x",
            lambda: '"headline":"' * size,
            lambda: json.dumps([{"@type": "NewsArticle", "headline": str(n)} for n in range(size // 5)]),
            lambda: json.dumps(
                {
                    "@type": chance.choice(ODD),
                    "headline": chance.choice(ODD),
                    "author": chance.choice(ODD),
                    "datePublished": chance.choice(ODD),
                    "publisher": chance.choice(ODD),
                    "isAccessibleForFree": chance.choice(ODD),
                    "articleBody": chance.choice(ODD),
                    "inLanguage": chance.choice(ODD),
                }
            ),
            lambda: "/*" + " */" * size + ";" * size,
        )
    )()
