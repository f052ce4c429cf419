"""Which column of a table holds what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from quellenlage.intake import knowledge
from quellenlage.intake.unreadable import Unreadable

FIELDS = ("text", "title", "published", "outlet", "url", "id", "language", "authors")
NONE_GIVEN: Mapping[str, str] = MappingProxyType({})
_SEPARATORS = re.compile(r"[\s_.\-/]+")
_EXAMPLES = {"text": "Inhalt", "url": "Adresse"}
_MOST_NAMES = 30  # columns that a message lists
_LONGEST_NAME = 40  # characters of one that it shows


@dataclass(frozen=True, slots=True)
class Headless:
    """A table that comes without a head: which of its columns, counted from 0, holds what.

    `only` names the columns that must hold a certain value; rows with another one are about something else.
    """

    name: str
    columns: Mapping[str, int]
    only: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The names of columns that are known for each field, what an empty cell holds, and the tables without a head."""

    fields: Mapping[str, Sequence[str]]
    nothing: Collection[str]
    headless: Mapping[int, Headless]

    def field_of(self, name: str) -> str | None:
        """The field that a column's name is known for."""
        folded = folded_name(name)
        return next((field for field, names in self.fields.items() if folded in names), None)


def known_columns() -> Knowledge:
    """What `intake/data/columns.yaml` says."""
    listed: dict[str, Any] = knowledge.load("columns")
    tables = {}
    for table in listed["headless"]:
        width, name, only = table.pop("columns"), table.pop("name"), table.pop("only", {})
        tables[width] = Headless(name, table, only)
    fields = {field: [folded_name(name) for name in names] for field, names in listed["fields"].items()}
    return Knowledge(fields, frozenset(listed["nothing"]), tables)


def folded_name(name: str) -> str:
    """A column's name as it is compared."""
    return _SEPARATORS.sub(" ", name.strip("\ufeff \t\r\n\"'")).strip().casefold()


def columns_of(
    names: Sequence[str], given: Mapping[str, str], known: Knowledge, needed: str, where: str
) -> dict[str, int]:
    """The number of the column for each field: as given, else by the names that are known.

    Raises `Unreadable`, naming the columns that there are and the option that helps, where there is no column for the
    field that is needed, or a given one does not exist.
    """
    there = ", ".join(map(_short, names[:_MOST_NAMES])) + (", …" if len(names) > _MOST_NAMES else "")
    folded = [folded_name(name) for name in names]
    found: dict[str, int] = {}
    for field, name in given.items():
        if field not in FIELDS:
            raise Unreadable(where, f"--columns names a field {field}; the fields are {', '.join(FIELDS)}")
        if folded_name(name) not in folded:
            raise Unreadable(where, f"there is no column {name}; the columns are {there}")
        found[field] = folded.index(folded_name(name))
    taken = set(found.values())
    for field, known_names in known.fields.items():
        number = next((folded.index(name) for name in known_names if name in folded), None)
        if field not in found and number is not None and number not in taken:
            found[field] = number
            taken.add(number)
    if needed not in found:
        option = f"--columns {needed}={_EXAMPLES.get(needed, 'NAME')},published=Datum"
        raise Unreadable(where, f"no column is known to hold the {needed}; the columns are {there}; say it as {option}")
    return found


def _short(name: str) -> str:
    if not name:
        return "(no name)"
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
