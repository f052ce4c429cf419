"""From the bytes that a watch brings to the ledger."""

from __future__ import annotations

from quellenlage.intake.original import Dropped, Original, Skipped
from quellenlage.intake.taking import arrivals_of
from quellenlage.intake.triage import Triage
from quellenlage.intake.unreadable import Unreadable
from quellenlage.ledger import Ledger
from quellenlage.names.own import OwnNames
from quellenlage.reader import ModelReader
from quellenlage.steps import may_tell, take_in
from quellenlage.watch.loop import TakeIn


def taking_into(ledger: Ledger, reader: ModelReader, own: OwnNames, triage: Triage | None) -> TakeIn:
    """What reads the articles of a watch into a ledger, those that triage lets through."""

    def taken(original: Original) -> str | None:
        called = None
        problem = None
        for one in arrivals_of(original, triage):
            if isinstance(one, Skipped):
                problem = one
            elif not isinstance(one, Dropped) and may_tell(one.article, reader, triage):
                called = take_in(one.article, reader, ledger, own, one.original).article.id
        if problem and called is None:
            raise Unreadable(problem.where, problem.why)
        return called

    return taken
