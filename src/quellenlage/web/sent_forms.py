"""What a person sent with a form of a page."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

from quellenlage.web.same_origin import must_come_from_here

LARGEST = 200_000
"""How many bytes a form may have."""
MOST_FIELDS = 200


async def sent_form(request: Request) -> dict[str, str]:
    """The fields of a form that one of the pages sent; the last one of a name holds.

    Raises 403 where another site sent it, 413 and 400 where it is none of the pages' forms.
    """
    must_come_from_here(request)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise HTTPException(413, f"a form of more than {LARGEST} bytes is not one of these pages'")
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(400, "this is no form of these pages; judge on /review") from None
    return {name: value.replace("\r\n", "\n").replace("\x00", "") for name, value in fields}


SentForm = Annotated[dict[str, str], Depends(sent_form)]
