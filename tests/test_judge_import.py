"""Judgements from a table, and the log as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.annotate.judgement_csv import COLUMNS, BadTable, Checked, checked, table_of, write_log
from quellenlage.domain import Correction, HopKind, JudgedClaim, Judgement, JudgementKind, Reading, Stage, Verdict
from quellenlage.ledger import Ledger
from quellenlage.steps import keep_weighed, weighed
from tests.test_cli import run
from tests.weighable import OTHER_TEXT, article, claim

HEAD = ",".join(COLUMNS)


def filled(path: Path) -> Ledger:
    """A ledger with three articles about howitzers for Estonia, and one about minehunters for Greece."""
    ledger = Ledger.open(path)
    for number in range(1, 4):
        one = article(f"a{number}", published=f"2024-09-0{number}")
        told = claim(f"a{number}c", one.id, (f"blatt-{number}", HopKind.OUTLET))
        ledger.record(one, Reading(one.id, "modell-1"), [told])
    other = article("b1", OTHER_TEXT, published="2025-03-01")
    values = {"supplier": ("BE",), "recipient": ("GR",), "item_classes": ("warships",), "stage": Stage.NEGOTIATING}
    ledger.record(other, Reading(other.id, "modell-1"), [claim("b1c", other.id, **values)])
    keep_weighed(ledger)
    return ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with filled(tmp_path / "ledger.db") as opened:
        yield opened


def take_in(ledger: Ledger, raw: str, person: str = "Jana") -> Checked:
    table = checked(raw, "t.csv", ledger, person)
    ledger.keep_log(table.new)
    if not ledger.is_weighed():
        keep_weighed(ledger)
    return table


def mistakes(ledger: Ledger, raw: str, person: str = "Jana") -> list[str]:
    with pytest.raises(BadTable) as error:
        checked(raw, "t.csv", ledger, person)
    return list(error.value.mistakes)


def deals(ledger: Ledger) -> dict[str, frozenset[str]]:
    return {deal.id: deal.claims for deal in weighed(ledger).weighing.deals}


def deal_of(ledger: Ledger, id: str) -> str:
    return next(name for name, claims in deals(ledger).items() if id in claims)


def log(ledger: Ledger) -> str:
    out = io.StringIO()
    write_log(ledger, out)
    return out.getvalue()


def test_every_kind_of_judgement_comes_in(ledger: Ledger) -> None:
    howitzers, minehunters = deal_of(ledger, "a1c"), deal_of(ledger, "b1c")
    raw = f"""kind,claim,deal,articles,field,value,name,actor,person,note
accept,a1,,,,,,,Tom,gegengelesen
reject,A2C,,,,,,,,
correct,a3c,,,quantity,100..500,,,,
correct,a3c,,,models,,,,,leer
merge,,{howitzers};{minehunters},,,,,,,
identify,,,,,,NO,nato,,
"""
    table = take_in(ledger, raw)
    assert (len(table.new), table.known) == (6, 0)
    claims = {one.id: one for one in ledger.claims()}
    assert set(claims) == {"a1c", "a3c", "b1c"}
    assert claims["a1c"].verdict is Verdict.ACCEPTED
    assert claims["a1c"].supplier == ("nato",)
    quantity = claims["a3c"].quantity
    assert quantity is not None
    assert (quantity.low, quantity.high) == (100, 500)
    assert [(one.person, one.note) for one in ledger.judgements()][:2] == [("Tom", "gegengelesen"), ("Jana", "")]
    assert len(deals(ledger)) == 1
    split = f"{HEAD}\nsplit,,{deal_of(ledger, 'a1c')},b1,,,,,,\n"
    take_in(ledger, split)
    assert deal_of(ledger, "b1c") != deal_of(ledger, "a1c")


def test_twice_is_once_even_where_nothing_is_called_so_any_more(ledger: Ledger) -> None:
    howitzers, minehunters = deal_of(ledger, "a1c"), deal_of(ledger, "b1c")
    raw = f"{HEAD}\nreject,a2,,,,,,,,\nmerge,,{howitzers};{minehunters},,,,,,,\nreject,a2c,,,,,,,,\n"
    first = take_in(ledger, raw)
    assert (len(first.new), first.known) == (2, 1)
    assert "b1c" in deals(ledger)[deal_of(ledger, "a1c")]
    before, state = ledger.log(), ledger.state()
    again = take_in(ledger, raw)
    assert (again.new, again.known) == ((), 3)
    split = f"{HEAD}\nsplit,,{deal_of(ledger, 'a1c')},b1,,,,,,\n"
    assert (ledger.log(), ledger.state()) == (before, state)
    assert len(take_in(ledger, split).new) == 1
    assert take_in(ledger, split).new == ()
    assert take_in(ledger, raw).new == ()


def test_what_was_taken_back_is_not_made_again(ledger: Ledger) -> None:
    raw = f"{HEAD}\nreject,a2,,,,,,,,\n"
    take_in(ledger, raw)
    ledger.undo(1)
    assert take_in(ledger, raw).new == ()
    assert len(ledger.claims()) == 4
    # Somebody else may come to the same.
    assert len(take_in(ledger, raw, "Tom").new) == 1


def test_a_rejected_claim_can_be_judged_otherwise(ledger: Ledger) -> None:
    take_in(ledger, f"{HEAD}\nreject,a2c,,,,,,,,\n")
    take_in(ledger, f"{HEAD}\naccept,a2c,,,,,,,,\n")
    assert ledger.claim("a2c").verdict is Verdict.ACCEPTED


def test_every_bad_line_is_told_and_nothing_changes(ledger: Ledger) -> None:
    raw = f"""{HEAD}
accept,a1c,,,,,,,,
acept,a1c,,,,,,,,
accept,zzz,,,,,,,,
accept,a,,,,,,,,
accept,,,,,,,,,
accept,a1c,KR-PL,,,,,,,
correct,a1c,,,stage,fast,,,,
correct,a1c,,,stge,agreed,,,,
correct,a1c;a2c,,,stage,agreed,,,,
merge,,{deal_of(ledger, "a1c")},,,,,,,
merge,,{deal_of(ledger, "a1c")};XX,,,,,,,
split,,{deal_of(ledger, "b1c")},b1,,,,,,
split,,{deal_of(ledger, "b1c")},fehlt,,,,,,
identify,,,,,,NO,,,
"""
    expected = {
        3: "'acept' is no kind of judgement; write one of accept, reject, correct, add, merge, split, identify",
        4: "no claim has a number that begins with 'zzz'. `quellenlage show` prints them.",
        5: "'a' could be a1c, a2c, a3c. Say which.",
        6: "accept needs claim and nothing else; found nothing",
        7: "accept needs claim and nothing else; found claim, deal",
        8: "'fast' is no stage; choose one of sought",
        9: "'stge' is no field of a claim; write one of supplier",
        10: "correct is of one claim; write a row for each",
        11: "merge needs two deals or more under deal, separated by semicolons",
        12: "no deal is called 'XX'; `quellenlage deals` lists them all",
        13: "split needs some of the articles of",
        14: "no article in the ledger goes by 'fehlt'",
        15: "identify needs name and actor and nothing else; found name",
    }
    told = mistakes(ledger, raw)
    assert len(told) == len(expected)
    for one, (line, said) in zip(told, expected.items(), strict=True):
        assert one.startswith(f"t.csv, line {line}: {said}"), one
    assert ledger.log() == []


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "line 1: expected the columns kind, claim, deal"),
        ("claim,person\na1c,Jana\n", "line 1: expected the columns kind, claim, deal"),
        ("kind,claim,personn\naccept,a1c,Jana\n", "found kind, claim, personn"),
        ("kind,claim,kind\naccept,a1c,accept\n", "each once; found kind, claim, kind"),
        ("kind,claim\naccept,a1c,,\naccept,a1c,zu viel\n", "line 3: expected 2 cells, found 3"),
        ('kind,note\naccept,"offen\n', "line 2: this is no CSV"),
        ("kind,claim,made\naccept,a1c,gestern\n", "line 2: made 'gestern' is no moment"),
        ("kind,claim,made\naccept,a1c,2999-01-01\n", "line 2: expected made, and undone"),
        ("kind,claim,made,undone\naccept,a1c,2025-01-02,2025-01-01\n", "line 2: expected made, and undone"),
        (
            'kind,claim,field,value\ncorrect,a1c,"stage\ntime","agreed\n2024\n2025"\n',
            "expected as many lines under value",
        ),
    ],
)
def test_what_is_no_table_of_judgements_is_told(ledger: Ledger, raw: str, said: str) -> None:
    assert any(said in told for told in mistakes(ledger, raw))


def test_nobody_judges_anonymously(ledger: Ledger) -> None:
    assert "line 2: nobody judged" in mistakes(ledger, f"{HEAD}\naccept,a1c,,,,,,,,\n", person="")[0]


def test_lines_are_counted_as_an_editor_counts_them(ledger: Ledger) -> None:
    raw = f'{HEAD}\r\n\r\naccept,a1c,,,,,,,,"zwei\r\nZeilen"\r\naccept,zzz,,,,,,,,\r\n'
    assert mistakes(ledger, raw)[0].startswith("t.csv, line 5: ")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_any_spreadsheet_are_read(tmp_path: Path, ledger: Ledger, delimiter: str) -> None:
    out = io.StringIO()
    table = csv.writer(out, delimiter=delimiter)
    table.writerows([["Kind", "claim", "person", "note"], ["Accept", "a1c; a2c", "Jürgen", "ja, gut"]])
    path = tmp_path / "tabelle.csv"
    path.write_bytes(out.getvalue().encode("cp1252" if delimiter == ";" else "utf-8-sig"))
    (one,) = take_in(ledger, table_of(path)).new
    assert [claim.id for claim in one.judgement.claims] == ["a1c", "a2c"]
    assert (one.judgement.person, one.judgement.note) == ("Jürgen", "ja, gut")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="cannot be opened"):
        table_of(tmp_path / "fehlt.csv")


def test_the_log_goes_round(tmp_path: Path, ledger: Ledger) -> None:
    ids = [JudgedClaim.of(one) for one in ledger.claims()]
    corrections = (Correction("stage", "halted"), Correction("models", ""), Correction("return", "Öl, Gas"))
    for judgement in (
        Judgement(JudgementKind.CORRECT, (ids[0],), (), "Jana", "mit „Anführung“,\nund Zeile", corrections=corrections),
        Judgement(JudgementKind.ACCEPT, tuple(ids[1:3]), (), "Tom"),
        Judgement(JudgementKind.APART, (ids[0],), tuple(ids[1:3]), "Jana"),
        Judgement(JudgementKind.TOGETHER, (ids[0], ids[3]), (), "Tom"),
        Judgement(JudgementKind.IDENTIFY, (), (), "Jana", corrections=(Correction("NO", "nato"),)),
        Judgement(JudgementKind.REJECT, (ids[3],), (), "Jana"),
    ):
        ledger.judge(judgement)
    ledger.undo(6)
    written = log(ledger)
    assert written.splitlines()[0].startswith(HEAD)
    assert (take_in(ledger, written).new, len(ledger.log())) == ((), 6)
    with filled(tmp_path / "anderes.db") as other:
        table = take_in(other, written)
        assert len(table.new) == 6
        assert log(other) == written
        assert other.claims() == ledger.claims()
        assert take_in(other, written).new == ()
        assert deals(other) == deals(ledger)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(st.tuples(TEXTS, st.sampled_from((",", ";", '"', "\n", "=1+1", "'"))), min_size=1, max_size=4))
def test_whatever_is_noted_goes_round(ledger: Ledger, notes: list[tuple[str, str]]) -> None:
    before = len(ledger.log())
    for one, other in notes:
        ledger.judge(Judgement(JudgementKind.ACCEPT, (JudgedClaim("a1c", "a1"),), (), "Jana", one + other + one))
    assert checked(log(ledger), "t.csv", ledger, "").new == ()
    rows = list(csv.DictReader(io.StringIO(log(ledger), newline="")))
    assert [row["note"] for row in rows[before:]] == [one + other + one for one, other in notes]


def test_moments_of_a_table_are_kept(ledger: Ledger) -> None:
    made = datetime(2025, 3, 1, 9, tzinfo=UTC)
    raw = f"{HEAD},made,undone\nreject,a1c,,,,,,,,,{made.isoformat()},{(made + timedelta(days=1)).isoformat()}\n"
    take_in(ledger, raw)
    (one,) = ledger.log()
    assert (one.made, one.undone) == (made, made + timedelta(days=1))
    assert len(ledger.claims()) == 4


def test_the_commands_go_round(tmp_path: Path) -> None:
    with filled(tmp_path / "quellenlage.db") as ledger:
        deal = deal_of(ledger, "a1c")
    (tmp_path / "urteile.csv").write_text(f"{HEAD}\naccept,a1,,,,,,,Tom,\nsplit,,{deal},a3,,,,,,\n", encoding="utf-8")
    done = run(tmp_path, "judge", "import", "urteile.csv", "--by", "Jana")
    assert (done.returncode, "2 judgements made; 0 known already" in done.stderr) == (0, True), done.stderr
    done = run(tmp_path, "judge", "import", "urteile.csv", "--by", "Jana", lang="de")
    assert "0 Urteile gefällt; 2 schon bekannt" in done.stderr
    written = run(tmp_path, "export", "judgements").stdout
    assert [row["kind"] for row in csv.DictReader(io.StringIO(written))] == ["accept", "split"]
    (tmp_path / "schlecht.csv").write_text(f"{HEAD}\nja,a1,,,,,,,,\naccept,x,,,,,,,,\n", encoding="utf-8")
    done = run(tmp_path, "judge", "import", "schlecht.csv")
    assert done.returncode == 2
    assert "schlecht.csv, line 2:" in done.stderr
    assert "schlecht.csv, line 3:" in done.stderr
