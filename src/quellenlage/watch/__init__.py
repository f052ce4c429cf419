"""Looks at feeds, sitemaps and pages again and again, and takes in what is new; nothing is lost, nothing taken twice.

`read_sources` reads what is to be watched, `Watch` runs, and a `Memory` keeps what was seen.
"""

from quellenlage.watch.loop import TakeIn, Watch
from quellenlage.watch.memory import Memory
from quellenlage.watch.sources import FullText, Kind, Source, Sources, SourcesError, read_sources

__all__ = ["FullText", "Kind", "Memory", "Source", "Sources", "SourcesError", "TakeIn", "Watch", "read_sources"]
