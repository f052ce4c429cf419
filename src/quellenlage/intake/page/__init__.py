"""Saved pages of news → articles; `page_article` is the way in."""

from quellenlage.intake.page.article import page_article

__all__ = ["page_article"]
