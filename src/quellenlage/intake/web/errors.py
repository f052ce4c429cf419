"""What is said when something cannot be got from the web."""

from __future__ import annotations


class NotFetched(Exception):
    """An address from which nothing came; the message names it, what happened, and the next step.

    `status` is that of HTTP where the server answered. `retry_after` is how many seconds the server asks to be left
    alone for. `is_final` says that asking again changes nothing, as far as can be told.
    """

    def __init__(
        self,
        address: str,
        why: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(f"{address}: {why}")
        self.address = address
        self.why = why
        self.status = status
        self.retry_after = retry_after
        self.is_final = is_final
