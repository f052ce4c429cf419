"""Words for times → EDTF (ISO 8601-2), levels 0 and 1, read against the day of publication.

The rules, where the words leave a choice:
- A weekday is the latest one up to the day of publication; with "kommenden", "bis", "ab", "für" the next one after it.
- A month, day of a month, or season without a year is the one that begins at most four months ahead, or else the latest
  before. "schon", "seit", "vom" look back only; "noch", "bis", "für", "ab" ahead only. "vergangener Juli" is the latest
  before this month.
- "Anfang", "Mitte", "Ende" of a month or year, and "vor" or "in" so many months or years give that month or year,
  approximate (`~`), so many weeks that day, approximate. A vague plural ("seit Wochen", "in den nächsten Tagen")
  counts as four of it.
- "seit", "ab", "nach" open the end of an interval (`X/..`), "bis" and "vor" its start (`../X`). An interval from or to
  a decade has its first or last year: level 1 knows no decade there.
- A season is coded 21 (spring) to 24 (winter), a winter with the year in which it begins; "Ende" of one is that
  season. A decade is `199X`: the last of its name that begins no more than twenty years ahead.
- Where only the month or the year of publication is known (`2023-11`, `2023`), what is read against it is uncertain
  (`?`) and no finer than it.
- Parts of a day give the day. Words that point elsewhere in the text ("zwei Tage später", "kurz darauf"), that name
  events ("seit Kriegsbeginn") or only measure ("drei Jahre lang") give nothing, unless they hold a year ("nach dem
  Putsch von 2013").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from quellenlage.names import quantities
from quellenlage.names.knowledge import fold
from quellenlage.names.mending import mended, parted
from quellenlage.names.time_points import Points
from quellenlage.names.time_words import UNIT, YEAR, TimeWords, time_words

_LONGEST = 200
_VAGUE_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?[?~%]?")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPELLED_YEAR = re.compile(r"\b(?:neunzehnhundert|zweitausend)\w*")
_WRITTEN_OUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d)\. (?=\d\d?\.)"), "."),
    (re.compile(r"(?<=\d\.) (?=(?:19|20)\d\d\b)"), ""),
    (re.compile(r"(?<!\w)'(\d\d)\b"), r"20\1"),
    (re.compile(r",? (?:(?:gegen|um|ab|kurz vor|kurz nach) )?\d{1,2}(?:[.:]\d\d uhr|:\d\d| uhr)(?: ortszeit)?"), ""),
    (re.compile(r"\bd\. ?m\b\.?"), "dieses monats"),
    (re.compile(r"\bv\. ?m\b\.?"), "vergangenen monats"),
    (re.compile(r"\bd\. ?j\b\.?"), "dieses jahres"),
    (re.compile(r"\bv\. ?j\b\.?"), "vergangenen jahres"),
    (re.compile(r"\banf\. "), "anfang "),
    (re.compile(r"\bq ?([1-4])[ /]*(?=\d{4}\b|$)"), r"\1. quartal "),
    (re.compile(r"\biv\. (?=quartal)"), "4. "),
    (re.compile(r"\biii\. (?=quartal)"), "3. "),
    (re.compile(r"\bii\. (?=quartal)"), "2. "),
    (re.compile(r"\bi\. (?=quartal)"), "1. "),
    (re.compile(r"\b(?:am )?gestrigen \w+"), "gestern"),
    (re.compile(r"\b(?:am )?heutigen \w+"), "heute"),
    (re.compile(r"\b(?:am )?morgigen \w+"), "morgen"),
    (re.compile(r"\bresolution \d+"), "resolution"),
)


def parse(words: str, published: str | None) -> str | None:
    """The time that `words` (a time span) name, as EDTF, or None where they name none. Never raises.

    `published` is the article's date (ISO 8601, of which the day counts, or EDTF); without it only absolute times are
    read.
    """
    if len(words) > _LONGEST:
        return None
    day = day_of(published)
    read = _read(words, day)
    if read or day:
        return read
    vague = _VAGUE_DAY.fullmatch(published or "")
    relative = vague and _read(words, date(int(vague["year"]), int(vague["month"] or 7), 15))
    return _uncertain(relative, len("2000-01" if vague["month"] else "2000")) if vague and relative else None


def _read(words: str, day: date | None) -> str | None:
    lexicon = time_words()
    reader = _Reader(Points(day, lexicon))
    text = parted(mended(words))
    try:
        return reader.read(_plain(_IN_BRACKETS.sub(" ", text), lexicon), 0) or next(
            filter(None, (reader.read(_plain(found, lexicon), 0) for found in _IN_BRACKETS.findall(text))), None
        )
    except (ValueError, OverflowError):  # a day that no calendar has: "31. Februar", a time before the year 1
        return None


def _uncertain(edtf: str, finest: int) -> str:
    """An EDTF date or interval without what is finer than so many characters, and marked as uncertain."""
    plain = [end.strip("~?") for end in edtf.split("/")]
    if any(re.fullmatch(r"\d{4}-2[1-4]", end) for end in plain):  # EDTF knows no uncertain season
        finest = len("2000")
    return "/".join(end if end in ("", "..") else f"{end[:finest]}?" for end in plain)


def _plain(words: str, lexicon: TimeWords) -> str:
    """`words` folded, with the usual abbreviations written out and without the time of day."""
    text = " ".join(fold(words).split()).strip(" .,;:")
    for pattern, full in _WRITTEN_OUT:
        text = pattern.sub(full, text)
    text = lexicon.day_word.sub(lambda word: f"{lexicon.day_words[word['day']]}. ", text)
    text = _SPELLED_YEAR.sub(_in_digits, text)
    return " ".join(text.split()).strip(" .,;:-")


def _in_digits(year: re.Match[str]) -> str:
    amount = quantities.read_amount(year.group())
    return str(amount.low) if amount else year.group()


def day_of(published: str | None) -> date | None:
    """The day of a date of publication (ISO 8601), None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what bounds a time ("seit", "bis", "zwischen … und"), and hands the times themselves to `points`."""

    points: Points

    def read(self, text: str, lean: int) -> str | None:
        if found := self.points.adverb(text):
            return found
        words = self.points.words
        if words.elsewhere.search(text):
            return None
        lean = words.leans.get(text.split(" ", 1)[0], lean)
        if particle := words.particles.match(text):
            return self.read(text[particle.end() :], lean)
        for pattern, read in _OPENINGS:
            if match := pattern.fullmatch(text):
                return read(self, match, lean)
        return self.points.read(text, lean)


def _since(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    text = match["x"]
    start = reader.read(text, -1 if match["how"] == "seit" else lean)
    if start is None and re.fullmatch(rf"(?:[\w-]+ )*{UNIT}", text):
        start = reader.read(f"vor {text}", -1)
    return start and f"{_start(start)}/.."


def _until(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    end = reader.read(match["x"], 1)
    return end and f"../{_end(end)}"


def _from(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    start = reader.read(match["x"], 1)
    return start and f"{_start(start)}/.."


def _before(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    if re.fullmatch(YEAR, match["x"]):
        return f"../{int(match['x']) - 1}"
    end = reader.read(match["x"], lean)
    return end and f"../{_end(end)}"


def _after(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    start = reader.read(match["x"], -1)
    return start and f"{_start(start)}/.."


def _range(reader: _Reader, match: re.Match[str], lean: int) -> str | None:
    start, end = match["a"], reader.read(match["b"], lean)
    year = re.search(rf"(?<!\d){YEAR}\b", match["b"])
    month = re.fullmatch(r"\d{1,2}\.( [a-z].*)", match["b"])
    if month and re.fullmatch(r"\d{1,2}\.?", start):
        start = f"{start.rstrip('.')}.{month[1]}"
    elif year and not re.search(r"\d{4}", start):
        start += ("" if re.search(r"\.\d+\.$", start) else " ") + year.group()
    begin = reader.read(start, lean)
    if begin is None or end is None:
        return None
    low, high = _start(begin), _end(end)
    return f"{low}/{high}" if low.strip("~") <= high.strip("~") else None


def _start(edtf: str) -> str:
    return edtf.split("/")[0].replace("X", "0")


def _end(edtf: str) -> str:
    return edtf.split("/")[-1].replace("X", "9")


_Read = Callable[[_Reader, re.Match[str], int], str | None]
_DAY = rf"\d{{1,2}}\.(?:\d{{1,2}}\.(?:{YEAR})?)?"
_OPENINGS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(r"(?:zwischen|vo[nm]|in den jahren) (?P<a>.+?) (?:und|bis) (?:zum )?(?P<b>.+)"), _range),
    (re.compile(rf"(?:vo[nm] )?(?P<a>{YEAR}|{_DAY}) ?- ?(?P<b>{YEAR}|\d{{1,2}}\..+)"), _range),
    (re.compile(r"(?P<a>(?:im |in |ende |anfang )?\w+) und (?:im )?(?P<b>\w+(?: \d{4})?)"), _range),
    (re.compile(r"(?P<how>seit|ab) (?P<x>.+?)(?: an)?"), _since),
    (re.compile(r"(?P<how>von) (?P<x>.+?) an"), _since),
    (re.compile(r"(?:fruhestens|nicht vor) (?P<x>.+)"), _from),
    (re.compile(r"(?:bis|spatestens|bis spatestens)(?: zum| zur| in| auf)? (?P<x>.+)"), _until),
    (re.compile(rf"vor (?!.*\b{UNIT}$)(?:dem |der )?(?P<x>.+)"), _before),
    (re.compile(r"nach (?:dem |der |den )?(?P<x>.+)"), _after),
)
