"""Texts, pages, JSON and tables in the shapes that parsers and regular expressions are afraid of."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

from benchmarks.hostile import whole

_ATOMS = (
    *(" ", "\t", "\n", "\r", "\x0b", "\u00a0", "\u200b", "\u202e", "\u2028", "\u0301", "\ufeff", "\x85", "\x1b[31m"),
    *(
        "0",
        "1",
        "12",
        "1.",
        "1,",
        "٣",
        "²",
        "12:30 ",
        "12.30 Uhr ",
        "3. ",
        "3.4.",
        "31.12.9999 ",
        "1.1.0001 ",
        "+++",
        "+++ ",
    ),
    *(
        "A",
        "a",
        "Ä",
        "ÄÖ ",
        "ſ",
        "İ",
        "ß",
        "K",
        "A ",
        "a ",
        "Ab",
        "aB",
        "A.",
        "a. A",
        "A-",
        "A/",
        "KIEW/",
        "Kiew / ",
        "Al ",
    ),
    *(
        "(",
        ")",
        "()",
        "( ",
        "(70), ",
        "a (70",
        "[",
        "]",
        "„",
        "“",
        "»",
        "«",
        '"',
        "'",
        "’",
        "-",
        "–",
        " - ",
        "|",
        "/",
        "· ",
    ),
    *(
        ".",
        ". ",
        "...",
        "!",
        "?",
        ":",
        ": ",
        ";",
        ",",
        ", ",
        "…",
        "_",
        "*",
        "\\",
        "&",
        "&amp;",
        "&#0;",
        "&#x110000;",
        "&lt;",
    ),
    *(
        "dpa",
        "dpa/",
        "(dpa) ",
        "dpa und ",
        "/jkl",
        "Reuters ",
        "von",
        "sagte",
        "Ersagte ",
        "AbAb",
        "berichtete",
        "CNNAm ",
        "mitJ",
    ),
    *(
        "Foto: ",
        "Foto",
        "(links) ",
        "Teilen ",
        "Facebook | ",
        "Lesen Sie auch ",
        "Zum Thema: ",
        "den ",
        "am ",
        "an der ",
        "de ",
    ),
    *(
        "Ã¼",
        "Ã",
        "â€",
        "Â",
        "ÃÂ",
        "ï¿½",
        "\ufffd",
        "\U0001f1e9",
        "👩‍",
        "字",
        "한",
        "ا",
        "\ud800",
        "\x00",
        "\x08",
        "<",
        "<b>",
        "]]>",
    ),
)
_FRAMES = (
    "",
    "",
    "",
    "A",
    "Kiew (dpa",
    "Kiew (dpa) – ",
    "Foto: ",
    "+++ ",
    "12:30 Uhr ",
    "(",
    "„",
    "Lesen Sie ",
    "a.",
    "\n",
    "!",
    "%",
)
_SHORT, _LONG, _HUGE = (20, 110, 155, 400), (2_000, 20_000, 100_000), (1_000_000, 5_000_000)


def run(chance: Random, most: int = _HUGE[-1]) -> str:
    """A few signs, over and over, between others: 20 to five million characters."""
    lengths = chance.choices((_SHORT, _LONG, _HUGE), (6, 5, 1))[0]
    unit = "".join(chance.choice(_ATOMS) for _ in range(chance.choice([1, 1, 1, 2, 3])))
    length = min(most, chance.choice(lengths))
    return chance.choice(_FRAMES) + (unit * (1 + length // len(unit)))[:length] + chance.choice(_FRAMES)


def text(chance: Random) -> str:
    """A text of runs: one line, lines among paragraphs, or one line many times."""
    kind = chance.randrange(4)
    if kind == 0:
        return run(chance)
    if kind == 1:
        lines = [run(chance, 5_000) for _ in range(chance.choice([1, 10, 200]))]
        return "\n".join((*whole.PARAGRAPHS[:2], *lines, *whole.PARAGRAPHS[2:]))
    if kind == 2:
        line = run(chance, 400)
        return "\n".join([line] * min(1_000_000, 3_000_000 // len(line)))
    return "\n".join(run(chance, 400) for _ in range(2_000))


def ticker(chance: Random) -> str:
    """Thousands of entries whose heads are odd."""
    made = ["Alle Meldungen im Ticker"]
    for number in range(chance.choice([3, 50, 5_000, 40_000])):
        day = chance.choice(["", "", "31.12.9999, ", "1.1.0001 ", "99.99.2022 ", "3. Auguſt ", "29.2. ", "0.0.0000 "])
        hour = chance.choice([f"{number % 24:02}:{number % 60:02}", "23:59", "00:00", "٣:٣٠", "24:00", "1.1.1.1"])
        plus = chance.choice(["", "+++ ", "+++ +++ "])
        made.append(
            f"{plus}{day}{hour}{chance.choice([' Uhr', '', ':', ' Uhr: '])} {chance.choice(_ATOMS)} {plus[::-1]}"
        )
        made.append(chance.choice(["", "Ein Satz.", chance.choice(_ATOMS) * 30]))
    return "\n".join(made)


def encoded(words: str, chance: Random) -> bytes:
    """A text in some encoding, with what it cannot hold written all the same."""
    coding = chance.choice(["utf-8"] * 6 + ["utf-16", "utf-32", "cp1252", "utf-16-be", "utf-7"])
    return words.encode(coding, "surrogatepass" if coding.startswith(("utf-8", "utf-16", "utf-32")) else "replace")


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
        [made, made, made[made.index("<body") :], _bomb(chance) + made, made.replace("</article>", "")]
    )


def _bomb(chance: Random) -> str:
    """A document type whose entities laugh a billion times, or look at files."""
    names = "abcdefghijk"
    deeper = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    looking = chance.choice(["", '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % y SYSTEM "http://127.0.0.1/">'])
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "{"ha" * 50}">{deeper}{looking}]>'


def bomb(chance: Random) -> str:
    """The document type alone."""
    return _bomb(chance).removeprefix('<?xml version="1.0"?>')


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
                    "@type": chance.choice(_ODD),
                    "headline": chance.choice(_ODD),
                    "author": chance.choice(_ODD),
                    "datePublished": chance.choice(_ODD),
                    "publisher": chance.choice(_ODD),
                    "isAccessibleForFree": chance.choice(_ODD),
                    "articleBody": chance.choice(_ODD),
                    "inLanguage": chance.choice(_ODD),
                }
            ),
            lambda: "/*" + " */" * size + ";" * size,
        )
    )()


_ODD: tuple[object, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1e308,
        10**30,
        "",
        " ",
        "x",
        "\0",
        "\ud800",
        "<b>x</b>",
        "&lt;p&gt;x",
        "a" * 10_000,
        "9999-12-31",
    ),
    *("0001-01-01", "2022-09-05T10:00:00+99:99", [], {}, [[]], [None], {"name": None}, {"name": [{}]}, ["NewsArticle"]),
    *(
        "NewsArticle",
        "http://[",
        "http://a\ud800/",
        "//",
        "https://bote.example:99999/",
        "de_" * 99,
        "2022-09-05",
        whole.TEXT,
    ),
)
_KEYS = (
    *(
        "id",
        "doc",
        "text",
        "title",
        "outlet",
        "url",
        "language",
        "published",
        "authors",
        "updated",
        "credits",
        "paywalled",
    ),
    *("plaintext", "body", "publishing_date", "html", "lang", "free_access", "publisher", "maintext", "date_publish"),
    *("source_domain", "date_modify", "title_rss", "transfers"),
)


def article(chance: Random) -> object:
    """An object with the fields of an article, and odd values in them."""
    few = {key: chance.choice(_ODD) for key in chance.sample(_KEYS, chance.choice([1, 3, 8]))}
    longer = {chance.choice(["text", "title", "plaintext", "maintext", "outlet", "url", "id"]): run(chance, 200_000)}
    return chance.choice([{"text": whole.TEXT, **few}, few, {**few, **longer}, {"text": whole.TICKER, **few}])


def json_text(chance: Random) -> str:
    """JSON that is too deep, too large, broken, or holds what no article is."""
    size = chance.choice([10, 1_000, 100_000, 1_000_000])
    return chance.choice(
        (
            lambda: "[" * size,
            lambda: '{"a":' * size + "1" + "}" * size,
            lambda: '{"text":' + "[" * size + "]" * size + "}",
            lambda: "[" + "{}," * size + "{}]",
            lambda: '{"text": "x", "id": ' + "9" * size + "}",
            lambda: '{"text": ' + chance.choice(["NaN", "-Infinity", "1e999", "0x1"]) + "}",
            lambda: '{"text": "' + "\\u0000\\ud800\\udfff" * (size // 20) + 'x"}',
            lambda: '{"text": "' + "\\" * size,
            lambda: "{" + ",".join(f'"k{n}": {n}' for n in range(size // 5)) + ', "text": "Ein Text."}',
            lambda: json.dumps({"text": "x", "authors": ["A"] * size}),
            lambda: json.dumps({"text": text(chance), "published": "2022-09-05"}),
            lambda: json.dumps(
                {"text": ticker(chance), "published": chance.choice(["9999-12-31", "0001-01-01T00:00"])}
            ),
            lambda: json.dumps([article(chance) for _ in range(min(size, 300))]),
            lambda: json.dumps({"Bote": [article(chance)], "Kurier": [{"plaintext": "x"}] * min(size, 20_000)}),
            lambda: json.dumps(article(chance), ensure_ascii=False),
            lambda: json.dumps(article(chance)),
        )
    )()


def json_lines(chance: Random) -> str:
    """Lines of JSON, most of them odd."""
    lines = [
        chance.choice(["{}", "[", "null", "", "{" * 50_000, '"x"', json.dumps(article(chance))]) for _ in range(30)
    ]
    return chance.choice(["\n", "\r\n", "\n\n\n", "\r"]).join(lines) * chance.choice([1, 20])


def table(chance: Random) -> str:
    """A table with too many cells, rows, quotation marks or delimiters."""
    size = chance.choice([100, 10_000, 300_000])
    mark = chance.choice([";", ",", "\t", "|"])
    return chance.choice(
        (
            lambda: mark * size + "\nx",
            lambda: f"Titel{mark}Inhalt\n" + (mark + "\n") * size,
            lambda: f'Titel{mark}Inhalt\n"' + run(chance),
            lambda: f"Titel{mark}Inhalt\n" + f"x{mark}Ein Text.\n" * (size // 30),
            lambda: f"Titel{mark}Inhalt\n" + '"' * size,
            lambda: f"Titel{mark}Inhalt\n" + f'"{run(chance, 200_000)}"{mark}"{run(chance)}"\n',
            lambda: f"Inhalt{mark}Datum{mark}Autor\nEin Text.{mark}{run(chance, 5_000)}{mark}{run(chance, 50_000)}\n",
            lambda: "\n" * size + whole.table(),
            lambda: "\r" * size + "Inhalt\rEin Text.",
            lambda: f"sep={chance.choice(_ATOMS)}\n" + whole.table(),
            lambda: "\t".join([run(chance, 200)] * 61) + "\n",
            lambda: whole.table(20, mark).replace("Bote", run(chance, 20_000)),
        )
    )()
