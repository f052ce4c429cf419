"""The user's own names: a `names.yaml` beside the ledger adds to the packaged lists, and goes before them.

    actors:
      - {name: Musterwerke AG, kind: company, also: [Musterwerke, MWA]}
      - {name: Vera Muster, kind: person, state: UA, also: [Muster]}
      - {name: Amt für Gerät, kind: government, state: DE}
      - {name: Die Musterinsel, kind: state, slug: IS}
    models:
      - {name: Muster-1, class: drones, from: UA, also: [M-1]}
    words:
      - {word: Ballermann, class: small_arms}

`kind` is one of `ACTOR_KINDS`; a government, service, force or embassy needs its `state` (ISO 3166-1 alpha-2). Without
a `slug` one is made of the name. `words` are German nouns, found at the end of compounds too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = "names.yaml"
ORGANS = ("government", "intelligence", "military", "diplomats")
ACTOR_KINDS = (
    "state",
    *ORGANS,
    "alliance",
    "armed_group",
    "company",
    "organisation",
    "outlet",
    "agency",
    "person",
)
FIELDS = {
    "actors": {"name", "kind", "state", "slug", "also"},
    "models": {"name", "class", "from", "also"},
    "words": {"word", "class"},
}
NEEDED = {"actors": ("name", "kind"), "models": ("name", "class"), "words": ("word", "class")}


class OwnNamesError(ValueError):
    """A `names.yaml` that is not in the form that this module tells."""


@dataclass(frozen=True, slots=True)
class OwnActor:
    """An actor of the user's: its names, the first of which is its usual one, and where it belongs."""

    names: tuple[str, ...]
    kind: str
    state: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A weapon system of the user's: its names, item class, and country of design."""

    names: tuple[str, ...]
    item_class: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A noun of the user's for goods of a class."""

    word: str
    item_class: str


@dataclass(frozen=True, slots=True)
class OwnNames:
    """All entries of a `names.yaml`, in its order."""

    actors: tuple[OwnActor, ...] = ()
    models: tuple[OwnModel, ...] = ()
    words: tuple[OwnWord, ...] = ()

    @property
    def version(self) -> str:
        """A short name for these entries, empty where there are none: readings with other names are other readings."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:6] if self != NOTHING else ""


NOTHING = OwnNames()


def read_own(path: Path, classes: frozenset[str]) -> OwnNames:
    """The entries of a file; `classes` are the item classes there are.

    Raises `OwnNamesError` with the line, what was expected and what stands there.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as problem:
        raise OwnNamesError(f"{path} cannot be read ({problem}); it must be a text file in UTF-8") from None
    except yaml.YAMLError as problem:
        raise OwnNamesError(f"{path} is no YAML: {problem}") from None
    if root is None:
        return NOTHING
    sections = dict(_sections(root, path))
    entries = {name: [_entry(node, name, path) for node in _items(sections.get(name), path)] for name in FIELDS}
    for line, fields in [*entries["models"], *entries["words"]]:
        if fields["class"] not in classes:
            raise _problem(path, line, f"class must be one of {', '.join(sorted(classes))}, not {fields['class']!r}")
    return OwnNames(
        actors=tuple(_actor(fields, line, path) for line, fields in entries["actors"]),
        models=tuple(OwnModel(_names(f), str(f["class"]), str(f.get("from", ""))) for _, f in entries["models"]),
        words=tuple(OwnWord(str(f["word"]), str(f["class"])) for _, f in entries["words"]),
    )


def _actor(fields: Mapping[str, object], line: int, path: Path) -> OwnActor:
    kind, state = str(fields["kind"]), fields.get("state")
    if kind not in ACTOR_KINDS:
        raise _problem(path, line, f"kind must be one of {', '.join(ACTOR_KINDS)}, not {kind!r}")
    if kind in ORGANS and not state:
        raise _problem(path, line, f"a {kind} needs its state, as in `state: DE`")
    if state is not None and not (isinstance(state, str) and len(state) == 2 and state.isupper()):
        raise _problem(path, line, f"state must be two capitals (ISO 3166-1), as DE, not {state!r}; quote NO as 'NO'")
    slug = fields.get("slug")
    return OwnActor(_names(fields), kind, state, None if slug is None else str(slug))


def _names(fields: Mapping[str, object]) -> tuple[str, ...]:
    also = fields.get("also", ())
    return str(fields["name"]), *(map(str, also) if isinstance(also, list) else [str(also)] if also else [])


def _sections(root: yaml.Node, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(root, yaml.MappingNode):
        raise _problem(path, 1, f"expected the sections {', '.join(FIELDS)}")
    for key, value in root.value:
        if key.value not in FIELDS:
            raise _problem(path, _line(key), f"there is no section {key.value!r}; there are {', '.join(FIELDS)}")
        yield key.value, value


def _items(section: yaml.Node | None, path: Path) -> list[yaml.Node]:
    if section is None:
        return []
    if not isinstance(section, yaml.SequenceNode):
        raise _problem(path, _line(section), "expected a list, each entry on a line that begins with '- '")
    return list(section.value)


def _entry(node: yaml.Node, section: str, path: Path) -> tuple[int, dict[str, object]]:
    line = _line(node)
    if not isinstance(node, yaml.MappingNode):
        raise _problem(path, line, f"expected an entry such as {{{', '.join(f'{f}: …' for f in NEEDED[section])}}}")
    fields = {str(name): value for name, value in yaml.SafeLoader("").construct_mapping(node, deep=True).items()}
    if unknown := set(fields) - FIELDS[section]:
        known = ", ".join(sorted(FIELDS[section]))
        raise _problem(path, line, f"there is no field {min(unknown)!r}; there are {known}")
    if missing := [field for field in NEEDED[section] if not fields.get(field)]:
        raise _problem(path, line, f"the field {missing[0]!r} is missing")
    return line, fields


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _problem(path: Path, line: int, what: str) -> OwnNamesError:
    return OwnNamesError(f"{path}, line {line}: {what}")
