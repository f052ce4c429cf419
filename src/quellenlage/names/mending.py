"""What web pages and scrapers do to words, undone before the words are looked up: the article's own text stays."""

from __future__ import annotations

import html
import re
from contextlib import suppress

from quellenlage.intake.normalise import normalise

_BROKEN_UTF8 = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")
_ODD = re.compile("[\u00a0\u00ad\u0300-\u036f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_PARTED = re.compile(r"(?<=[a-zäöüß])- (?=[a-zäöüß])(?!(?:und|oder|bis|sowie|bzw)\b)")
_SMALL_TO_CAPITAL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ][a-zäöüß])")
_ANY_CAPITAL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_ARTICLE_AT_END = re.compile(r"(?<=[a-zäöüß]{3})(?=(?:der|die|das|des|den|dem)(?: |$))")
_ARTICLE_AT_START = re.compile(r"^((?:in|von|bei|aus|an|laut)?(?:der|die|das|des|den|dem))(?=[a-zäöü]{4}|[A-ZÄÖÜ]| )")
_WORD_TO_NUMBER = re.compile(r"(?<=[a-zäöüß]{2})(?=\d)|(?<=[a-z]\.)(?=\d)|(?<=[<>~])(?=\d)")
_NUMBER_TO_WORD = re.compile(r"(?<=\d)(?=(?:und|bis|oder)\b)|(?<=[\d.])(?=[A-ZÄÖÜ][a-zäöüß]{2})")


def mended(words: str) -> str:
    """`words` without what certainly does not belong to them.

    HTML entities, UTF-8 read as Windows-1252 ("MÃ¤rz"), soft hyphens and the hyphens of lost line ends ("Sep- tember").
    """
    text = html.unescape(words) if "&" in words else words
    if _BROKEN_UTF8.search(text):
        with suppress(UnicodeError):
            text = text.encode("cp1252").decode("utf-8")
    if _ODD.search(text):
        text = normalise(text).text
    return _PARTED.sub("", text) if "- " in text else text


def parted(words: str) -> str:
    """`words` with a space wherever two seem to have been glued together: "am 24.Februar2022", "EndeAugust"."""
    text = _SMALL_TO_CAPITAL.sub(" ", words)
    return _NUMBER_TO_WORD.sub(" ", _WORD_TO_NUMBER.sub(" ", text))


def unglued(words: str) -> str:
    """`words`, of which nothing is known, with a space at every small letter before a capital, and around articles.

    "VertreterderUS-Regierung" is "Vertreter der US-Regierung".
    """
    apart = _ANY_CAPITAL.sub(" ", words)
    if apart == words and " " in words:
        return words
    return " ".join(_ARTICLE_AT_START.sub(r"\1 ", _ARTICLE_AT_END.sub(" ", apart)).split())
