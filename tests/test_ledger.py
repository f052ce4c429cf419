import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import quellenlage.ledger as ledger_package
from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    JudgedClaim,
    Judgement,
    JudgementKind,
    Reading,
    Span,
    SpanType,
    Stage,
)
from quellenlage.ledger import Ambiguous, ClaimFilter, Facet, Ledger, LedgerError, NotFound
from quellenlage.ledger.article_keys import CANDIDATES
from quellenlage.ledger.opening import url_of
from quellenlage.ledger.searching import FacetCount
from quellenlage.ledger.tables import metadata

TEXT = "Aus Kreisen der Regierung in Seoul hieß es, das Nachbarland wolle Haubitzen abgeben."


def article(id: str, doc: str | None = None, published: str | None = None) -> Article:
    return Article(id=id, doc=doc or f"doc-{id}", text=TEXT, published=published)


def reading(of: Article, reader: str = "1") -> Reading:
    return Reading(of.id, reader, spans=(Span.of(TEXT, 66, 75, SpanType.ITEM),))


def claim(of: Article, id: str = "k1", **fields: object) -> Claim:
    return Claim(**{"id": id, "article_id": of.id, "stage": Stage.OFFERED, **fields})  # type: ignore[arg-type]


def chain(*actors: str) -> Chain:
    return Chain(tuple(Hop(actor, HopKind.SOURCE, actor.title()) for actor in actors))


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    with Ledger.open(target) as opened:
        yield opened


def test_the_same_reading_twice_changes_nothing(ledger: Ledger) -> None:
    a = article("a1")
    assert ledger.record(a, reading(a), [claim(a)]) is True
    assert ledger.record(a, reading(a), [claim(a), claim(a, "k2")]) is False
    assert [c.id for c in ledger.claims()] == ["k1"]
    assert ledger.holds("a1", "1")
    assert not ledger.holds("a1", "2")


def test_a_newer_reader_makes_the_current_reading_and_keeps_the_old(ledger: Ledger) -> None:
    a = article("a1")
    ledger.record(a, reading(a, "1"), [claim(a, stage=Stage.SOUGHT)])
    before = datetime.now(UTC)
    ledger.record(a, reading(a, "2"), [claim(a, stage=Stage.AGREED)])
    current = ledger.reading("a1")
    assert current is not None
    assert current.reader == "2"
    assert [c.stage for c in ledger.claims()] == [Stage.AGREED]
    assert [c.stage for c in ledger.at(before).claims()] == [Stage.SOUGHT]


def test_an_older_reader_is_not_forgotten_when_it_comes_again(ledger: Ledger) -> None:
    a = article("a1")
    ledger.record(a, reading(a, "1"), [])
    ledger.record(a, reading(a, "2"), [])
    assert ledger.record(a, reading(a, "1"), [claim(a)]) is False
    assert ledger.claims() == []


def test_an_article_without_a_reading_is_kept(ledger: Ledger) -> None:
    assert ledger.add_article(article("a1")) is True
    assert ledger.add_article(article("a1")) is False
    assert ledger.reading("a1") is None
    assert [a.id for a in ledger.articles()] == ["a1"]


def test_two_articles_of_one_name_do_not_collide(ledger: Ledger) -> None:
    ledger.add_article(article("a1", "bericht"))
    ledger.add_article(article("b2", "bericht"))
    with pytest.raises(Ambiguous, match=r"a1.*b2"):
        ledger.article("bericht")
    assert ledger.article("b2").id == "b2"


def test_articles_come_in_order_of_publication_with_the_undated_last(ledger: Ledger) -> None:
    for a in (
        article("1"),
        article("2", "z", "2024-05-02"),
        article("3", "a", "2024-05-02"),
        article("4", "m", "2023"),
    ):
        ledger.add_article(a)
    assert [a.id for a in ledger.articles()] == ["4", "3", "2", "1"]


def test_docs_are_ordered_by_their_characters_and_not_as_a_language_does(ledger: Ledger) -> None:
    docs = ["b", "B", "ä", "a", "-z", "Z", "_a", "a b", "a-b"]
    for number, doc in enumerate(docs):
        ledger.add_article(article(f"{number}", doc, "2024-05-02"))
    assert [a.doc for a in ledger.articles()] == sorted(docs)


def test_days_are_compared_by_their_characters(ledger: Ledger) -> None:
    for number, day in enumerate(("2023-10-31", "2023-11-01", "2023-11-30", "2023-12-01", None)):
        a = article(f"{number}", published=day)
        ledger.record(a, reading(a), [claim(a, f"k{number}", supplier=("KP",))])
    for where in (ClaimFilter(), ClaimFilter(supplier="KP")):
        asked = replace(where, since="2023-11", until="2023-11")
        assert [c.id for c in ledger.page(asked).claims] == ["k2", "k1"]


def test_an_article_of_book_length_and_words_without_end_are_found(ledger: Ledger) -> None:
    words = " ".join(f"{number:0450}" for number in range(2400))
    text = f"Am Anfang stehen Haubitzen. {'Drohnen ' * 300} {'x' * 5000} {'軍' * 2000} wort77 {words}"
    ledger.add_article(Article("long", "long", text))
    for asked in ('"Anfang stehen Haubitzen"', "Drohnen", "x" * 5000, "軍" * 2000, "wort77", "wort77 -Panzer"):
        assert ledger.search(asked).count == 1, asked[:20]
    assert ledger.search("Haubitzen -wort77").count == 0


def test_claims_come_in_order_of_articles_and_then_of_the_text(ledger: Ledger) -> None:
    late, early = article("late", published="2024-02-01"), article("early", published="2024-01-01")
    second = claim(early, "second", evidence=(Evidence("stage", 50, 53, "wol"),))
    first = claim(early, "first", evidence=(Evidence("stage", 4, 7, "Kre"),))
    ledger.record(late, reading(late), [claim(late, "third")])
    ledger.record(early, reading(early), [second, first])
    assert [c.id for c in ledger.claims()] == ["first", "second", "third"]


def test_an_article_is_found_by_doc_id_or_the_beginning_of_either(ledger: Ledger) -> None:
    ledger.add_article(article("4f1c", "Übersicht-Mai"))
    ledger.add_article(article("4e2d", "übersicht-juni"))
    assert ledger.article("Übersicht-Mai").id == "4f1c"
    assert ledger.article("4e2d").id == "4e2d"
    assert ledger.article("4f").id == "4f1c"
    assert ledger.article("übersicht-m").id == "4f1c"
    with pytest.raises(Ambiguous, match=r"Übersicht-Mai.*übersicht-juni"):
        ledger.article("übersicht")


def test_few_of_many_articles_that_a_beginning_may_mean_are_named(ledger: Ledger) -> None:
    for number in range(CANDIDATES + 5):
        ledger.add_article(article(f"id{number}", f"Heft-{number}"))
    with pytest.raises(Ambiguous) as told:
        ledger.article("heft")
    assert len(told.value.candidates) == CANDIDATES
    with pytest.raises(NotFound, match="Near: Heft-1"):
        ledger.article("Heft-1x")


@pytest.mark.parametrize("key", ["%", "_", "", "übersicht-maii"])
def test_what_is_not_there_is_told_with_what_comes_near(ledger: Ledger, key: str) -> None:
    ledger.add_article(article("4f1c", "übersicht-mai"))
    with pytest.raises(NotFound) as told:
        ledger.article(key)
    assert told.value.near == (("übersicht-mai",) if key.startswith("ü") else ())


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (ClaimFilter(), {"k1", "k2"}),
        (ClaimFilter(supplier="kp"), {"k1"}),
        (ClaimFilter(recipient="ÖSTLICHER-VERBAND"), {"k2"}),
        (ClaimFilter(item_class="Artillery"), {"k1", "k2"}),
        (ClaimFilter(item_class="artillery", supplier="IR"), {"k2"}),
        (ClaimFilter(stage=Stage.SOUGHT), {"k2"}),
        (ClaimFilter(source="KR-Government"), {"k1"}),
        (ClaimFilter(source="abendblatt"), set()),
        (ClaimFilter(article="doc-a1"), {"k1"}),
        (ClaimFilter(supplier="kp", recipient="ru"), {"k1"}),
        (ClaimFilter(supplier="kp", recipient="östlicher-verband"), set()),
        (ClaimFilter(article="b2"), {"k2"}),
        (ClaimFilter(article="b"), set()),
        (ClaimFilter(supplier="RU"), set()),
    ],
)
def test_claims_can_be_asked_for(ledger: Ledger, where: ClaimFilter, expected: set[str]) -> None:
    a, b = article("a1"), article("b2")
    chains = (chain("abendblatt", "kr-government"),)
    one = claim(a, "k1", supplier=("KP",), recipient=("RU",), item_classes=("artillery",), chains=chains)
    two = claim(
        b,
        "k2",
        supplier=("RS", "IR"),
        recipient=("östlicher-verband",),
        item_classes=("drones", "artillery"),
        stage=Stage.SOUGHT,
    )
    ledger.record(a, reading(a), [one])
    ledger.record(b, reading(b), [two])
    assert {c.id for c in ledger.claims(where)} == expected


def test_facets_are_those_of_current_readings(ledger: Ledger) -> None:
    a = article("a1")
    ledger.record(a, reading(a, "1"), [claim(a, supplier=("CN",))])
    ledger.record(a, reading(a, "2"), [claim(a, supplier=("KP", "IR"), chains=(chain("abendblatt", "dpa"),))])
    facets = ledger.facets()
    assert facets[Facet.SUPPLIER] == (FacetCount("IR", 1), FacetCount("KP", 1))
    assert facets[Facet.SOURCE] == (FacetCount("dpa", 1),)
    assert ledger.facets(most=1)[Facet.SUPPLIER] == (FacetCount("IR", 1),)


def test_what_does_not_belong_together_is_refused_as_a_whole(ledger: Ledger) -> None:
    a, b = article("a1"), article("b2")
    with pytest.raises(LedgerError, match="b2"):
        ledger.record(a, reading(b), [])
    with pytest.raises(LedgerError, match="b2"):
        ledger.record(a, reading(a), [claim(b)])
    with pytest.raises(LedgerError, match="same id"):
        ledger.record(a, reading(a), [claim(a), claim(a)])
    assert list(ledger.articles()) == []


def test_a_failure_half_way_leaves_nothing_behind(ledger: Ledger) -> None:
    a = article("a1")
    broken = claim(a, supplier=("\udc80",))
    with pytest.raises(UnicodeEncodeError):
        ledger.record(a, reading(a), [claim(a, "k0"), broken])
    assert list(ledger.articles()) == []
    assert ledger.record(a, reading(a), [claim(a)]) is True


def test_opened_again_everything_is_there(target: str) -> None:
    a = article("a1")
    with Ledger.open(target) as ledger:
        ledger.record(a, reading(a), [claim(a)])
    with Ledger.open(target if "://" in target else f"sqlite:///{target}", create=False) as ledger:
        assert ledger.article("a1") == a
        assert ledger.reading("a1") == reading(a)
        assert ledger.claims() == [claim(a)]


def test_a_missing_ledger_tells_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="quellenlage read"):
        Ledger.open(tmp_path / "ledger.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db")


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("Sehr geehrte Damen und Herren")
    with pytest.raises(LedgerError, match="no SQLite database"):
        Ledger.open(letter)
    assert letter.read_text() == "Sehr geehrte Damen und Herren"
    with pytest.raises(LedgerError, match="no file"):
        Ledger.open(tmp_path)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("create table addresses (name text)")
    with pytest.raises(LedgerError, match="addresses"):
        Ledger.open(other)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\x00" + b"\x01" * 200)
    with pytest.raises(LedgerError, match="damaged"):
        Ledger.open(damaged)
    with pytest.raises(LedgerError, match="neither"):
        Ledger.open("://")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "ledger.db").close()
    with sqlite3.connect(tmp_path / "ledger.db") as raw:
        raw.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(LedgerError, match=r"9999.*upgrade"):
        Ledger.open(tmp_path / "ledger.db")


def test_the_migrations_make_the_tables(target: str) -> None:
    def is_table(_object: object, name: str | None, *_: object) -> bool:
        return not (name or "").startswith("article_text")  # the full-text index has a form of its own

    Ledger.open(target).close()
    with create_engine(url_of(target)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_table})
        assert compare_metadata(context, metadata) == []


def test_a_filled_ledger_of_the_first_version_is_brought_forward(target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(ledger_package.__file__).with_name("migrations")))
    with create_engine(url_of(target)).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "insert into article (id, doc, authors, text, taken_in) "
            "values ('a', 'a', '[]', 'Text', '2024-01-01 00:00:00')"
        )
    with Ledger.open(target) as opened:
        (article,) = opened.articles()
        assert (article.text, article.dated_by) == ("Text", None)
        assert opened.judgements() == []


def test_judgements_are_kept_and_taken_back(ledger: Ledger) -> None:
    some, others = (JudgedClaim("1", "a", Stage.SOUGHT, ("RU",)),), (JudgedClaim("2", "b"),)
    number = ledger.judge(Judgement(JudgementKind.APART, some, others, "Jana", "anderer Vertrag"))
    (kept,) = ledger.judgements()
    assert (kept.number, kept.claims, kept.others, kept.person) == (number, some, others, "Jana")
    ledger.undo(number)
    assert ledger.judgements() == []
    with pytest.raises(LedgerError, match="no judgement in force"):
        ledger.undo(number)


def test_the_tables_are_valid_on_postgresql() -> None:
    statements = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    assert len(statements) == len(metadata.tables)
    assert "TIMESTAMP WITH TIME ZONE" in "".join(statements)


def test_foreign_keys_and_write_ahead_log_are_on(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger, ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("pragma foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("pragma journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("pragma busy_timeout").scalar_one() == 30_000


def _record_many(path: str) -> int:
    with Ledger.open(path) as ledger:
        articles = [article(str(number)) for number in range(8)]
        return sum(ledger.record(a, reading(a), [claim(a)]) for a in articles)


def test_two_processes_may_open_and_write_at_once(target: str) -> None:
    with get_context("spawn").Pool(2) as pool:
        recorded = pool.map(_record_many, [target, target], chunksize=1)
    assert sum(recorded) == 8
    with Ledger.open(target) as ledger:
        assert len(ledger.claims()) == 8
