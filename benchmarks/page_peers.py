"""Other programs that take the text and the date from a page, where they are installed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from quellenlage.intake.encoding import decode
from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable

OURS = "quellenlage"


@dataclass(frozen=True, slots=True)
class Taken:
    """The text of a page, its headline, and its day of publication, ISO 8601."""

    text: str = ""
    title: str = ""
    day: str | None = None


Program = Callable[[bytes, str], Taken]


def quellenlage(data: bytes, address: str) -> Taken:
    """This project; where it refuses a page it takes nothing."""
    from quellenlage.intake.page import page_article

    with suppress(Unreadable):
        article, _ = page_article(Original(data, "a page", "page", address=address))
        return Taken(article.text, article.title or "", (article.published or "")[:10] or None)
    return Taken()


def trafilatura(data: bytes, address: str) -> Taken:
    """trafilatura with its defaults, without comments."""
    from trafilatura import bare_extraction

    page = bare_extraction(data, url=address, include_comments=False, with_metadata=True)
    return Taken() if page is None else Taken(page.text or "", page.title or "", page.date)


def newspaper4k(data: bytes, address: str) -> Taken:
    """newspaper4k, which is told that the page is German, without fetching pictures."""
    from newspaper import Article

    page = Article(address, language="de", fetch_images=False)
    page.download(input_html=decode(data, "a page"))
    page.parse()
    return Taken(page.text or "", page.title or "", str(page.publish_date)[:10] if page.publish_date else None)


def news_please(data: bytes, address: str) -> Taken:
    """news-please, without fetching pictures."""
    from newsplease import NewsPlease

    page = NewsPlease.from_html(decode(data, "a page"), url=address, fetch_images=False)
    return Taken(page.maintext or "", page.title or "", str(page.date_publish)[:10] if page.date_publish else None)


def programs() -> Mapping[str, Program]:
    """This project and all peers that are installed, by name and version; says which are not."""
    logging.disable(logging.ERROR)
    found: dict[str, Program] = {OURS: quellenlage}
    for name, program in (("trafilatura", trafilatura), ("newspaper4k", newspaper4k), ("news-please", news_please)):
        try:
            found[f"{name} {version(name)}"] = program
        except PackageNotFoundError:
            print(f"{name} is not installed and left out: pip install {name}\n")
    return found
