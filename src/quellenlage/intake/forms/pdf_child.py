"""A process of its own that reads one PDF from standard input and writes what it finds as JSON to standard output.

Started by `forms.pdf` as a script: it shares no memory with the program, so that a hostile file can be given a limit
of memory, and be stopped. Uses nothing of the project.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

_MEMORY = 1_000_000_000  # bytes
_MOST_CHARACTERS = 20_000_000


def reading(data: bytes) -> dict[str, Any]:
    """The texts of the pages, in the order in which the document writes them, and the document's properties.

    `problem` says why there are none: "encrypted", "too long", or what is wrong with the file.
    """
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    # Many files are locked against changes only, and open with the empty password.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return {"problem": "encrypted"}
    pages: list[str] = []
    left = _MOST_CHARACTERS
    for page in reader.pages:
        pages.append(page.extract_text())
        left -= len(pages[-1])
        if left < 0:
            return {"problem": "too long"}
    known = reader.metadata
    return {
        "pages": pages,
        "title": str(known.title or "") if known else "",
        "author": str(known.author or "") if known else "",
        "created": str(known.creation_date_raw or "") if known else "",
    }


def safely(data: bytes) -> dict[str, Any]:
    """As `reading`; what a hostile file makes the library raise is a problem as well."""
    try:
        return reading(data)
    except MemoryError:
        return {"problem": "too large when unpacked"}
    except ImportError as error:
        return {"problem": f"encrypted, or packed in a way that needs a library that is not here: {error}"}
    except Exception as error:
        return {"problem": f"damaged ({type(error).__name__}: {str(error)[:200]})"}


def main() -> None:
    """Read standard input within the limit of memory, and write what was found."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Where a system has no such limit, the deadline is left.
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(safely(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
