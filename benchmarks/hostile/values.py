"""JSON and tables that are too deep, too large, broken, or hold what no article is."""

from __future__ import annotations

import json
from random import Random

from benchmarks.hostile import whole
from benchmarks.hostile.runs import ATOMS, run, text, ticker

ODD: tuple[object, ...] = (
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
    few = {key: chance.choice(ODD) for key in chance.sample(_KEYS, chance.choice([1, 3, 8]))}
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
            lambda: f"sep={chance.choice(ATOMS)}\n" + whole.table(),
            lambda: "\t".join([run(chance, 200)] * 61) + "\n",
            lambda: whole.table(20, mark).replace("Bote", run(chance, 20_000)),
        )
    )()
