"""An article → a reading.

`Reader` is what every reader offers. `ModelReader` is the one that ships with the package.
"""

from quellenlage.reader.reader import ModelReader, Reader

__all__ = ["ModelReader", "Reader"]
