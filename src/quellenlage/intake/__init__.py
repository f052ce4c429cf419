"""Files, pages and standard input → articles.

`articles_from` takes everything in; `normalise` gives what looks for words a plain copy of a text and the way back.
"""

from quellenlage.intake.files import STANDARD_INPUT, Skipped, articles_from
from quellenlage.intake.identity import article_id
from quellenlage.intake.normalise import Normalised, normalise
from quellenlage.intake.unreadable import Unreadable

__all__ = ["STANDARD_INPUT", "Normalised", "Skipped", "Unreadable", "article_id", "articles_from", "normalise"]
