"""A second opinion on what a page's text is, for pages whose own structure says too little."""

from __future__ import annotations

import logging

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from quellenlage.intake.page.blocks import Block, blocks_of_text

# What goes wrong with a page is told to the user as `Unreadable`; the library need not print it as well.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def second_opinion(tree: HtmlElement) -> list[Block]:
    """The lines that trafilatura takes from a tree, without comments; none where it finds no text."""
    page = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    return blocks_of_text(page.text or "") if isinstance(page, Document) else []
