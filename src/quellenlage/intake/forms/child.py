"""A process of its own that reads a PDF or a Parquet file.

Started by `forms.pdf` and `forms.parquet` as a script, since hostile files make the libraries run without end, take all
memory or even abort: it shares nothing with the program and can be given limits. Uses nothing of the project.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import IO, Any

_MEMORY = 700_000_000  # bytes; with the process that started it, below 1 GB
_MOST_CHARACTERS = 20_000_000
_ROWS_AT_ONCE = 64


def pdf(data: bytes) -> dict[str, Any]:
    """The texts of a PDF's pages, in the order in which the document writes them, and its properties.

    `problem` says why there are none: "encrypted", or what is wrong with the file.
    """
    try:
        return _pdf(data)
    except MemoryError:
        return {"problem": "too large when unpacked"}
    except ImportError as error:
        return {"problem": f"encrypted, or packed in a way that needs a library that is not here: {error}"}
    except Exception as error:
        # Whatever a hostile file makes the library raise.
        return {"problem": f"damaged ({type(error).__name__}: {str(error)[:200]})"}


def _pdf(data: bytes) -> dict[str, Any]:
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
            return {"problem": f"more than {_MOST_CHARACTERS // 1_000_000} million characters"}
    known = reader.metadata
    return {
        "pages": pages,
        "title": str(known.title or "") if known else "",
        "author": str(known.author or "") if known else "",
        "created": str(known.creation_date_raw or "") if known else "",
    }


def parquet(path: str, asked: IO[str], out: IO[str]) -> None:
    """Write a list of the columns' names, read a list of the columns that are wanted, write each row as a list.

    All as lines of JSON; the last one is an object: empty, or with the `problem` that ended it.
    """
    try:
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped, unused-ignore]

        file = ParquetFile(path, pre_buffer=False)
        names = file.schema_arrow.names
        print(json.dumps(names), file=out, flush=True)
        wanted = [names[number] for number in json.loads(asked.readline() or "[]")]
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted, use_threads=False):
            columns = [batch.column(name) for name in wanted]
            for row in range(batch.num_rows):
                print(json.dumps([column[row].as_py() for column in columns], default=_plain), file=out)
        print("{}", file=out, flush=True)
    except Exception as error:
        print(json.dumps({"problem": f"{type(error).__name__}: {str(error)[:200]}"}), file=out, flush=True)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def main(kind: str, path: str = "") -> None:
    """Read within the limit of memory, and write what was found to standard output."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Where a system has no such limit, the deadline is left.
    logging.disable(logging.CRITICAL)
    if kind == "pdf":
        sys.stdout.write(json.dumps(pdf(sys.stdin.buffer.read())))
    else:
        parquet(path, sys.stdin, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
