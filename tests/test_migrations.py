"""A filled ledger of the version before is brought forward, and nothing in it is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, create_engine
from sqlalchemy.exc import DBAPIError

import quellenlage.ledger as ledger_package
from quellenlage.domain import JudgementKind, Reading, Stage
from quellenlage.ledger import ClaimFilter, Facet, Ledger
from quellenlage.ledger.codec import reading_to_json
from quellenlage.ledger.doctor import examine
from quellenlage.ledger.opening import url_of

TEXT = "Wie die Zeitung schreibt, hat Schweden der Ukraine Haubitzen überlassen."
FIRST, SECOND = datetime(2025, 1, 5, 12, tzinfo=UTC), datetime(2025, 2, 5, 12, tzinfo=UTC)


def upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(ledger_package.__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def at_revision(target: str, revision: str) -> None:
    with create_engine(url_of(target)).begin() as connection:
        upgrade(connection, revision)
        fill(connection)


def fill(connection: Connection) -> None:
    """One article that was read twice, with a claim each time, an article that was not, and a judgement."""
    metadata = MetaData()
    metadata.reflect(connection)

    def put(table: str, *rows: dict[str, Any]) -> None:
        connection.execute(metadata.tables[table].insert(), list(rows))

    article = {
        "id": "a1",
        "doc": "haubitzen",
        "authors": [],
        "text": TEXT,
        "taken_in": FIRST,
        "published": "2024-03-02",
    }
    put("article", article, {**article, "id": "b2", "doc": "anderes", "taken_in": SECOND, "published": None})
    for number, (made, stage) in enumerate(((FIRST, "agreed"), (SECOND, "delivered")), 1):
        body = reading_to_json(Reading("a1", str(number)))
        put("reading", {"article_id": "a1", "reader": str(number), "made": made, "body": body})
        claim = {"id": f"k{number}", "reading_id": number, "article_id": "a1", "kind": "transfer"}
        put("claim", {**claim, "stage": stage, "negated": False, "hedged": True, "confidence": 0.5, "position": 0})
        for field, value in (("supplier", "SE"), ("recipient", "UA"), ("item_class", "artillery"), ("denied_by", "SE")):
            row = {"claim_key": number, "field": field, "position": 0, "value": value, "folded": value.casefold()}
            put("claim_value", row)
        for position, actor in enumerate(("kurier", "zeitung")):
            hop = {"claim_key": number, "chain": 0, "position": position, "actor": actor, "folded": actor}
            put("claim_hop", {**hop, "kind": "outlet", "name": actor.title(), "stance": "asserts"})
        put("evidence", {"claim_key": number, "position": 0, "field": "stage", "start": 26, "end": 29, "text": "hat"})
    side = {"id": "k2", "article_id": "a1", "stage": "delivered", "supplier": ["SE"], "recipient": ["UA"]}
    judged = {**side, "item_classes": ["artillery"], "models": []}
    put(
        "judgement",
        {"kind": "together", "claims": [judged], "others": [], "person": "Jana", "note": "", "made": SECOND},
    )


def test_a_filled_ledger_of_the_version_before_is_brought_forward(target: str) -> None:
    at_revision(target, "0003")
    with Ledger.open(target) as ledger:
        (claim,) = ledger.claims()
        assert (claim.id, claim.stage, claim.supplier, claim.denied_by) == ("k2", Stage.DELIVERED, ("SE",), ("SE",))
        assert [entry.text for entry in claim.evidence] == ["hat"]
        (before,) = ledger.at(datetime(2025, 1, 20, tzinfo=UTC)).claims()
        assert (before.id, before.stage) == ("k1", Stage.AGREED)
        assert ledger.at(datetime(2025, 1, 1, tzinfo=UTC)).claims() == []
        assert ledger.claims(ClaimFilter(origin="Zeitung", outlet="kurier", stance="hedged")) == [claim]
        assert {one.value: one.claims for one in ledger.facets()[Facet.STAGE]} == {"delivered": 1}
        assert ledger.claims(ClaimFilter(denied_by="se")) == [claim]
        assert ledger.at(datetime(2025, 1, 20, tzinfo=UTC)).claims(ClaimFilter(denied_by="se")) == [before]
        assert {one.value: one.claims for one in ledger.facets()[Facet.DENIED_BY]} == {"SE": 1}
        assert ledger.names(["zeitung"]) == {"zeitung": "Zeitung"}
        assert [hit.article.doc for hit in ledger.search("Haubitze von:SE").hits] == ["haubitzen"]
        assert {hit.article.doc for hit in ledger.search("Haubitze").hits} == {"haubitzen", "anderes"}
        (judgement,) = ledger.judgements()
        assert (judgement.kind, judgement.corrections) == (JudgementKind.TOGETHER, ())
        assert examine(ledger._engine).findings == ()
        assert ledger.record(ledger.article("a1"), Reading("a1", "3"), []) is True
        assert ledger.claims() == []


def test_pairs_and_their_goods_are_entered_in_a_ledger_that_lacks_them(target: str) -> None:
    at_revision(target, "0003")
    with create_engine(url_of(target)).begin() as connection:
        upgrade(connection, "0004")
        of_goods = "SELECT id FROM facet WHERE field = 'pair_item'"
        connection.exec_driver_sql(f"DELETE FROM claim_facet WHERE facet_id IN ({of_goods})")
        connection.exec_driver_sql("DELETE FROM facet WHERE field = 'pair_item'")
    with Ledger.open(target) as ledger:
        page = ledger.page(ClaimFilter("se", "UA", "Artillery"))
        assert ([claim.id for claim in page.claims], page.count) == (["k2"], 1)
        assert ledger.page(ClaimFilter("SE", "UA", "tanks")).count == 0
        assert examine(ledger._engine).findings == ()


def test_deals_are_told_doubtful_by_their_surest_claim(target: str) -> None:
    at_revision(target, "0003")
    with create_engine(url_of(target)).begin() as connection:
        upgrade(connection, "0009")
        metadata = MetaData()
        metadata.reflect(connection, only=["claim", "deal", "deal_claim"])
        claim, deal, member = (metadata.tables[name] for name in ("claim", "deal", "deal_claim"))
        counts = dict.fromkeys(("articles", "origins", "denials", "unverified", "grade"), 1)
        for name, confidence in (("k1", 0.2), ("k2", 0.6)):
            connection.execute(claim.update().where(claim.c.id == name).values(confidence=confidence))
            row = {
                **counts,
                "name": name,
                "since": FIRST,
                "stage": "agreed",
                "first_day": "",
                "last_day": "",
                "body": {},
            }
            key = connection.execute(deal.insert().values(row)).inserted_primary_key[0]
            connection.execute(member.insert().values(deal_key=key, claim_id=name, article_id="a1"))
        upgrade(connection, "head")
        told = connection.exec_driver_sql("SELECT name, doubtful FROM deal ORDER BY name").all()
        assert [(name, bool(doubtful)) for name, doubtful in told] == [("k1", True), ("k2", False)]


def test_a_filled_ledger_without_accounts_is_given_an_audit_log_that_is_only_added_to(target: str) -> None:
    at_revision(target, "0003")
    with create_engine(url_of(target)).begin() as connection:
        upgrade(connection, "0006")
        before = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM claim ORDER BY key")]
    with Ledger.open(target) as ledger:
        assert examine(ledger._engine).findings == ()
    engine = create_engine(url_of(target))
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM claim ORDER BY key")] == before
        row = "'2025-01-05 12:00', 'Ada', 'login', ''"
        connection.exec_driver_sql(f"INSERT INTO audit (at, person, action, about) VALUES ({row})")
    for change in ("UPDATE audit SET person = 'Bo'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="only added"), engine.begin() as connection:
            connection.exec_driver_sql(change)
    engine.dispose()
