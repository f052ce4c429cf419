"""A few signs over and over: texts that regular expressions are afraid of."""

from __future__ import annotations

from random import Random

from benchmarks.hostile import whole

# fmt: off
ATOMS = (
    " ", "\t", "\n", "\r", "\x0b", "\xa0", "\u200b", "\u202e", "\u2028", "\u0301", "\ufeff", "\x85", "\x1b[31m", "0",
    "1", "12", "1.", "1,", "٣", "²", "12:30 ", "12.30 Uhr ", "3. ", "3.4.", "31.12.9999 ", "1.1.0001 ", "+++",
    "+++ ", "A", "a", "Ä", "ÄÖ ", "ſ", "İ", "ß", "K", "A ", "a ", "Ab", "aB", "A.", "a. A", "A-", "A/", "KIEW/",
    "Kiew / ", "Al ", "(", ")", "()", "( ", "(70), ", "a (70", "[", "]", "„", "“", "»", "«", '"', "'", "’", "-",
    "–", " - ", "|", "/", "· ", ".", ". ", "...", "!", "?", ":", ": ", ";", ",", ", ", "…", "_", "*", "\\", "&",
    "&amp;", "&#0;", "&#x110000;", "&lt;", "dpa", "dpa/", "(dpa) ", "dpa und ", "/jkl", "Reuters ", "von", "sagte",
    "vorher", "Ersagte ", "AbAb", "berichtete", "CNNAm ", "mitJ", "Foto: ", "Foto", "(links) ", "Teilen ",
    "Facebook | ",
    "Lesen Sie auch ", "Zum Thema: ", "den ", "am ", "an der ", "de ", "Ã¼", "Ã", "â€", "Â", "ÃÂ", "ï¿½", "�", "🇩",
    "\U0001f469\u200d", "字", "한", "ا", "\ud800", "\x00", "\x08", "<", "<b>", "]]>", "<!-- -->",
)
# fmt: on
# fmt: off
_FRAMES = (
    "", "", "", "A", "Kiew (dpa", "Kiew (dpa) – ", "Foto: ", "+++ ", "12:30 Uhr ", "(", "„", "Lesen Sie ", "a.", "\n",
    "!", "%",
)
# fmt: on
_SHORT, _LONG, _HUGE = (20, 110, 155, 400), (2_000, 20_000, 100_000), (900_000, 5_000_000)


def run(chance: Random, most: int = _HUGE[-1]) -> str:
    """A few signs, over and over, between others: 20 to five million characters."""
    lengths = chance.choices((_SHORT, _LONG, _HUGE), (6, 5, 1))[0]
    unit = "".join(chance.choice(ATOMS) for _ in range(chance.choice([1, 1, 1, 2, 3])))
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
            f"{plus}{day}{hour}{chance.choice([' Uhr', '', ':', ' Uhr: '])} {chance.choice(ATOMS)} {plus[::-1]}"
        )
        made.append(chance.choice(["", "Ein Satz.", chance.choice(ATOMS) * 30]))
    return "\n".join(made)


def encoded(words: str, chance: Random) -> bytes:
    """A text in some encoding, with what it cannot hold written all the same."""
    coding = chance.choice(["utf-8"] * 6 + ["utf-16", "utf-32", "cp1252", "utf-16-be", "utf-7"])
    return words.encode(coding, "surrogatepass" if coding.startswith(("utf-8", "utf-16", "utf-32")) else "replace")
