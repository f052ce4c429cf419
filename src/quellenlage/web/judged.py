"""What follows every judgement that somebody makes or takes back: the audit log tells of it, and deals are weighed."""

from __future__ import annotations

from fastapi import Request

from quellenlage.accounts.audit import Action
from quellenlage.web.caller import tell
from quellenlage.web.weighing_later import WeighingLater


def judged(request: Request, later: WeighingLater, number: int) -> None:
    """A request has made the judgement of this number."""
    tell(request, Action.JUDGED, number)
    later.ask()


def undone(request: Request, later: WeighingLater, number: int) -> None:
    """A request has taken the judgement of this number back."""
    tell(request, Action.UNDONE, number)
    later.ask()
