"""Words folded for comparison: to ASCII, to keys without spaces, to stems without German endings, to slugs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['’`´]")
_QUOTES = re.compile('["„“”«»‚‘‹›]')
_ARTICLE = re.compile(r"^(?:der|die|das|den|dem|des|ein|eine|einer|eines|einem|einen|the)\s+", re.IGNORECASE)
# In this order, one of each: "Haus" and "Hauses", "Offizier" and "Offizieren", "Beamte" and "Beamtinnen" share a stem.
_ENDINGS = (("s",), ("innen", "in"), ("en", "em", "e"), ("ern", "er"), ("s",))
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a mention, as printed and folded; how it is joined to the word before; whether in quotation marks."""

    text: str
    folded: str
    start: int
    end: int
    hyphened: bool
    after_comma: bool
    quoted: bool = False

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter or a digit, as names and German nouns do."""
        return not self.text[0].islower()


def to_ascii(text: str) -> str:
    """Lower case in ASCII: umlauts as ae, oe, ue, all other diacritics dropped."""
    low = text.casefold() if text.isascii() else text.lower()
    if low.isascii():
        return low
    low = unicodedata.normalize("NFC", low).translate(_GERMAN)
    return low if low.isascii() else _without_marks(low)


def key(text: str) -> str:
    """The letters and digits of `text` alone, folded: `Kim Jong-un` and `Kim Jong Un` share one key."""
    return "".join(folded_words(text))


def stem(folded: str) -> str:
    """A folded word without the endings of German cases, numbers and feminine forms; at least three letters stay."""
    for endings in _ENDINGS:
        for ending in endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM and not folded.endswith("ss"):
                folded = folded[: -len(ending)]
                break
    return folded


def stem_key(words: list[str]) -> str:
    """The key of a name whose words may stand in any case."""
    return "".join(map(stem, words))


def folded_words(text: str) -> list[str]:
    """The folded words of a name."""
    return _ASCII_WORD.findall(to_ascii(text))


def words_of(text: str) -> list[Word]:
    """The words of a mention; hyphens, points and apostrophes divide words, a comma before a word is kept in mind."""
    words: list[Word] = []
    end, quoted = 0, False
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        quoted ^= len(_QUOTES.findall(between)) % 2 == 1
        folded = key(match.group())
        end = match.end()
        if folded:
            glue = bool(words) and not any(c.isspace() for c in between)
            words.append(Word(match.group(), folded, match.start(), end, glue, bool(words) and "," in between, quoted))
    return words


def without_article(text: str) -> str:
    """`text` without the article at its head."""
    return _ARTICLE.sub("", text, count=1)


def full_slug(text: str) -> str:
    """The ASCII slug of a name, with its article: `Der Spiegel` becomes `der-spiegel`."""
    return _NOT_SLUG.sub("-", _APOSTROPHE.sub("", to_ascii(text))).strip("-")


def slug(words: str) -> str:
    """The ASCII slug of words: umlauts as ae, oe, ue, diacritics folded, articles and quotation marks dropped."""
    plain = _QUOTES.sub("", words).strip()
    return full_slug(without_article(plain)) or full_slug(plain)


def actor_called(name: str) -> str:
    """The name of an actor as the program has it: a code or a slug as it is, else the slug of the words."""
    return name if name.isupper() or name == name.lower() else slug(name)


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
