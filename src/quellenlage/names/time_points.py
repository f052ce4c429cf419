"""Words for one time → EDTF, read against a day. The rules are told in `dates`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.names import quantities
from quellenlage.names.time_words import DAYPART, YEAR, TimeWords

_VAGUE = 4
_MONTHS_AHEAD = 4
_YEARS_AHEAD = 20
_MONTHS_IN = {"monat": 1, "jahr": 12, "jahrzehnt": 120, "jahrhundert": 1200}
_DAYS_IN = {"minute": 0, "stunde": 0, "tag": 1, "woche": 7}
_DAYS_OFF = {"two_days_ago": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "in_two_days": 2}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LITTLE = r"(?:(?:im|in|am|an|um|zum|zur|vom|von|aus|den|dem|der|die|das|des|fur|auf|beim|uber|wahrend|laufe|zu) )*"


@dataclass(frozen=True, slots=True)
class Points:
    """Reads single times against `day`. A lean is -1 for looking back, 1 for looking ahead, 0 for either.

    The methods that `TimeWords.rules` names each take what their pattern matched. They raise `ValueError` for a day
    that no calendar has.
    """

    day: date | None
    words: TimeWords

    def read(self, text: str, lean: int) -> str | None:
        """The time that the folded `text` names, or that of a year inside it."""
        bare = re.sub(rf"^{_LITTLE}", "", text)
        for pattern, rule in self.words.rules:
            match = pattern.fullmatch(text) or pattern.fullmatch(bare)
            if match and (found := getattr(self, rule)(match, lean)):
                return str(found)
        return self.adverb(bare) or self._year_inside(text)

    def adverb(self, text: str) -> str | None:
        """heute, gestern Abend, demnächst, seit langem."""
        if self.day is None:
            return None
        kind = self.words.adverbs.get(text)
        if unit := self.words.since_long.get(text):
            return f"{self._moved(-_VAGUE, unit)}~/.."
        if half := re.fullmatch(rf"(?P<day>vorgestern|gestern|heute|morgen){DAYPART}", text):
            kind = self.words.adverbs.get(half["day"])
        if re.fullmatch(r"(?:gegen|um) \d{1,2}(?:[.:]\d\d)? uhr", text):
            return self.day.isoformat()
        if kind in _DAYS_OFF:
            return (self.day + timedelta(days=_DAYS_OFF[kind])).isoformat()
        forms = {
            "now": f"{self.day}~",
            "recently": f"{self.day:%Y-%m}~",
            "soon": f"{self.day}/..",
            "this_year": f"{self.day:%Y}",
        }
        return forms.get(kind or "")

    def _year_inside(self, text: str) -> str | None:
        months = "|".join(self.words.months)
        if match := re.search(
            rf"(?:\b(?P<day>\d{{1,2}})\. ?)?\b(?:(?P<month>{months}) )?(?P<year>{YEAR})\b(?!\.\d)", text
        ):
            return self._month_day(match) if match["month"] else match["year"]
        return None

    def _month_day(self, match: re.Match[str]) -> str:
        month = f"{int(match['year']):04}-{self.words.months[match['month']]:02}"
        return date.fromisoformat(f"{month}-{int(match['day']):02}").isoformat() if match["day"] else month

    def iso(self, match: re.Match[str], lean: int) -> str:
        """2023-09-05, or 2023-09."""
        date.fromisoformat(f"{match['year']}-{match['month']}-{match['dd'] or '01'}")
        return match["date"]

    def numeric(self, match: re.Match[str], lean: int) -> str | None:
        """5.9.2023, or 5.9."""
        year = match["year"] and int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        month = _ROMAN.index(match["mm"]) + 1 if match["mm"] in _ROMAN else int(match["mm"])
        return self._dated(int(match["dd"]), month, year or None, lean)

    def month_of_year(self, match: re.Match[str], lean: int) -> str:
        """05/2023."""
        return date(int(match["year"]), int(match["mm"]), 1).isoformat()[:7]

    def english(self, match: re.Match[str], lean: int) -> str | None:
        """September 6, 2022."""
        return self._dated(int(match["dd"]), self.words.months[match["month"]], int(match["year"]), lean)

    def day_of_month(self, match: re.Match[str], lean: int) -> str | None:
        """am 3. dieses Monats."""
        month = self._moved(self._which(match["which"]) or 0, "monat")
        return month and date.fromisoformat(f"{month[:7]}-{int(match['dd']):02}").isoformat()

    def month_day(self, match: re.Match[str], lean: int) -> str | None:
        """5. September 2022, or without the year."""
        year = int(match["year"]) if match["year"] else None
        return self._dated(int(match["dd"]), self.words.months[match["month"]], year, lean)

    def day_alone(self, match: re.Match[str], lean: int) -> str | None:
        """am 13."""
        if self.day is None:
            return None
        back = int(match["dd"]) > self.day.day and lean <= 0
        first = date(
            self.day.year - (back and self.day.month == 1), (self.day.month - 2) % 12 + 1 if back else self.day.month, 1
        )
        return first.replace(day=int(match["dd"])).isoformat()

    def month(self, match: re.Match[str], lean: int) -> str | None:
        """Ende August, im vergangenen Juli, im März des letzten Jahres, Dezember 2022, in der letzten Januarwoche."""
        number = self.words.months[match["month"]]
        year = self._year_of(match) or self._year_near(number, 1, self._which(match["which"]), lean)
        about = match["edge"] or match["week"]
        return f"{year:04}-{number:02}{'~' if about else ''}" if year else None

    def season(self, match: re.Match[str], lean: int) -> str | None:
        """Sommer 2021, im vergangenen Herbst, Winter 2022/23."""
        code = self.words.seasons[match["season"]]
        year = self._year_of(match) or self._year_near(3 * (code - 20), 3, self._which(match["which"]), lean)
        return f"{year:04}-{code}" if year else None

    def year(self, match: re.Match[str], lean: int) -> str:
        """2024, im Jahr 2019, Ende 2022."""
        return f"{match['year']}{'~' if match['edge'] else ''}"

    def decade(self, match: re.Match[str], lean: int) -> str | None:
        """in den Achtzigerjahren, Anfang der neunziger Jahre, in den 1980er Jahren."""
        if match["digits"]:
            return f"{match['digits'][:3]}X"
        if self.day is None:
            return None
        tens = self.words.decades[match["decade"]]
        century = self.day.year // 100 * 100
        begin = century + tens if century + tens - self.day.year <= _YEARS_AHEAD else century - 100 + tens
        return f"{begin // 10}X"

    def weekday(self, match: re.Match[str], lean: int) -> str | None:
        """am Dienstagabend, am vergangenen Freitag, in der Nacht zum Mittwoch."""
        if self.day is None:
            return None
        back = (self.day.weekday() - self.words.weekdays[match["weekday"]]) % 7
        which = self._which(match["which"])
        if which == 1 or (which is None and lean > 0):
            back = back - 7
        elif which == -1:
            back = back or 7
        return (self.day - timedelta(days=back)).isoformat()

    def weekend(self, match: re.Match[str], lean: int) -> str | None:
        """am Wochenende, am kommenden Wochenende: Saturday to Sunday."""
        if self.day is None:
            return None
        ahead = self._which(match["which"]) == 1 or lean > 0
        saturday = self.day + timedelta(days=(5 - self.day.weekday()) % 7 if ahead else -((self.day.weekday() - 5) % 7))
        return f"{saturday}/{saturday + timedelta(days=1)}"

    def which_week(self, match: re.Match[str], lean: int) -> str | None:
        """vergangene Woche, in dieser Woche, Anfang der Woche: Monday to Sunday."""
        if self.day is None:
            return None
        monday = self.day + timedelta(days=7 * (self._which(match["which"]) or 0) - self.day.weekday())
        return f"{monday}/{monday + timedelta(days=6)}"

    def which_month(self, match: re.Match[str], lean: int) -> str | None:
        """in diesem Monat, Ende des Monats, Monatsende."""
        moved = self._moved(self._which(match["which"]) or 0, "monat")
        return moved and f"{moved[:7]}{'~' if match['edge'] or match['end'] else ''}"

    def which_year(self, match: re.Match[str], lean: int) -> str | None:
        """im vergangenen Jahr, im Vorjahr, Ende kommenden Jahres."""
        if self.day is None:
            return None
        which = -1 if match["pre"] else self._which(match["which"]) or 0
        return f"{self.day.year + which:04}{'~' if match['edge'] else ''}"

    def turn_of_year(self, match: re.Match[str], lean: int) -> str | None:
        """Jahresende, Ende des Jahres (December), Jahresbeginn, Jahresanfang (January)."""
        if self.day is None:
            return None
        return f"{self.day.year:04}-{'01' if match['begin'] or match['start'] else '12'}~"

    def quarter(self, match: re.Match[str], lean: int) -> str | None:
        """im ersten Quartal 2025, im zweiten Halbjahr."""
        length = 3 if match["part"].startswith(("quartal", "vierteljahr")) else 6
        number = self.words.ordinals[match["ordinal"]]
        year = self._year_of(match) or (self.day.year if self.day else None)
        if year is None or number > 12 // length:
            return None
        last = 12 if number == -1 else number * length
        return f"{year:04}-{last - length + 1:02}/{year:04}-{last:02}"

    def feast(self, match: re.Match[str], lean: int) -> str | None:
        """Weihnachten, Silvester."""
        month, day = map(int, self.words.feasts[match["feast"]].split("-"))
        found = self._dated(day, month, self._year_of(match), lean)
        return found and f"{found}~"

    def ago(self, match: re.Match[str], lean: int) -> str | None:
        """vor zwei Wochen, vor anderthalb Jahren, vor Monaten; after "seit" the same without "vor"."""
        return self._at_distance(match, -1)

    def ahead(self, match: re.Match[str], lean: int) -> str | None:
        """in drei Monaten, in wenigen Tagen."""
        return self._at_distance(match, 1)

    def past_units(self, match: re.Match[str], lean: int) -> str | None:
        """in den vergangenen Wochen, in den vergangenen zehn Tagen."""
        found = self._at_distance(match, -1)
        return found and f"{found}/{self.day}"

    def next_units(self, match: re.Match[str], lean: int) -> str | None:
        """in den nächsten Tagen, binnen fünf Monaten."""
        found = self._at_distance(match, 1)
        return found and f"{self.day}/{found}"

    def _at_distance(self, match: re.Match[str], direction: int) -> str | None:
        count, vague = _count(match["count"] or "")
        moved = self._moved(direction * count, match["unit"])
        exact = match["unit"] in ("tag", "stunde", "minute") and not vague
        return moved and moved + ("" if exact else "~")

    def _moved(self, count: float, unit: str) -> str | None:
        """The day, month or year that lies `count` units away; the longer the unit, the less is said."""
        if self.day is None:
            return None
        if unit in _DAYS_IN:
            return (self.day + timedelta(days=round(count * _DAYS_IN[unit]))).isoformat()
        months = self.day.year * 12 + self.day.month - 1 + round(count * _MONTHS_IN[unit])
        year, month = divmod(months, 12)
        if not 1 <= year <= 9999:
            raise ValueError(f"{count} {unit} lead out of the calendar")
        return f"{year:04}" if unit != "monat" and count == round(count) else f"{year:04}-{month + 1:02}"

    def _dated(self, day: int, month: int, year: int | None, lean: int) -> str | None:
        if year is None and self.day is not None:
            year = self._year_near(month, 1, None, lean, day)
        return date(year, month, day).isoformat() if year else None

    def _year_of(self, match: re.Match[str]) -> int | None:
        groups = match.groupdict()
        if groups.get("year"):
            return int(groups["year"])
        which = self._which(groups.get("of"))
        return self.day.year + which if self.day and which is not None else None

    def _year_near(self, month: int, length: int, which: int | None, lean: int, day: int = 1) -> int | None:
        """The year of the span of `length` months from `month` (and `day`) on that the words mean."""
        if self.day is None:
            return None
        now = self.day.year * 12 + self.day.month - 1
        begins = [(self.day.year + offset) * 12 + month - 1 for offset in (-2, -1, 0, 1)]
        same = which is None and lean < 0 and now in begins and day > self.day.day
        if which == 0 and month < 12:
            year = self.day.year
        elif which == -1:
            year = max(b for b in begins if b + length <= now) // 12
        elif which == 1:
            year = min([b for b in begins if b > now] or begins[-1:]) // 12
        elif lean > 0:
            year = min([b for b in begins if b + length > now] or begins[-1:]) // 12
        else:
            horizon = now if lean < 0 else now + _MONTHS_AHEAD
            year = max(b for b in begins if b <= horizon and not (same and b == now)) // 12
        return year

    def _which(self, word: str | None) -> int | None:
        """-1 for "vergangen", 0 for "dies", 1 for "kommend", None where nothing is said."""
        return next((n for stem, n in self.words.which.items() if (word or "").startswith(stem)), None)


def _count(words: str) -> tuple[float, bool]:
    """How many, and whether that is a guess: nothing but a plural, or "mehrere", "wenige"."""
    amount = quantities.read_amount(words)
    if amount is None or (amount.high is None and amount.low == 2):
        return _VAGUE, True
    return (amount.low if amount.low is not None else amount.high) or 0, False
