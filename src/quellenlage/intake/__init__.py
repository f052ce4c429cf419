"""Pages, feeds, archives, files and standard input → clean articles.

`taking` takes everything in; `normalise` gives what looks for words a plain copy of a text and the way back.
"""

from quellenlage.intake.identity import article_id
from quellenlage.intake.normalise import Normalised, normalise
from quellenlage.intake.original import Arrival, Dropped, Original, Skipped
from quellenlage.intake.unreadable import Unreadable

__all__ = ["Arrival", "Dropped", "Normalised", "Original", "Skipped", "Unreadable", "article_id", "normalise"]
