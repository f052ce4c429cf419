"""How claims, articles and scores look in a terminal, in German or English."""

from quellenlage.terminal.articles import article_view
from quellenlage.terminal.ledgers import ledger_table
from quellenlage.terminal.scores import score_table
from quellenlage.terminal.texts import Texts, texts

__all__ = ["Texts", "article_view", "ledger_table", "score_table", "texts"]
