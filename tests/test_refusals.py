"""Why something cannot be done is said in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from fastapi.testclient import TestClient

import quellenlage
from quellenlage.deciding import Unread
from quellenlage.labels import LANGUAGES
from quellenlage.refusal import sentences
from quellenlage.web import create_app
from tests.reviewed import small_ledger

GIVEN = re.compile(r'(?:NoCorrection|Unread|Missing|Refused)\(\s*f?"(\w+|no_\{field\})"')


def told_of(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_language_says_the_same() -> None:
    first, *others = (
        {code: told_of(sentence) for code, sentence in sentences(language).items()} for language in LANGUAGES
    )
    assert all(first == other for other in others)


def test_every_reason_that_is_given_has_its_sentence_and_every_sentence_its_reason() -> None:
    sources = Path(quellenlage.__file__).parent.rglob("*.py")
    given = {code for source in sources for code in GIVEN.findall(source.read_text(encoding="utf-8"))}
    assert given - {"no_{field}"} | {"no_quantity", "no_amount"} == sentences("en").keys()


def test_a_program_is_told_in_english_and_a_reader_in_his_language() -> None:
    error = Unread("is_that_actor", name="KP")
    assert str(error) == error.said("en") == "'KP' is that actor already; name another"
    assert error.said("de") == "„KP“ ist schon dieser Akteur. Nennen Sie einen anderen."


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = create_app(small_ledger(tmp_path_factory.mktemp("refusals") / "ledger.db"))
    headers = {"Accept-Language": "de", "Sec-Fetch-Site": "same-origin"}
    return TestClient(app, "http://127.0.0.1", headers=headers, cookies={"reviewer": "Ada"}, client=("127.0.0.1", 4711))


@pytest.mark.parametrize(
    ("address", "sent", "said"),
    [
        ("/review/claim", {"claim": "aa11-0", "action": "correct", "quantity": "viele"}, "„viele“ ist keine Menge."),
        ("/review/claim", {"claim": "weg", "action": "accept"}, "Keine Behauptung hat die Nummer „weg“."),
        ("/review/add", {"article": "aa11"}, "gehören die Wörter, die vom Transfer sprechen"),
        ("/review/add", {"article": "aa11", "words-stage": "flog"}, "„flog“ steht nicht im Artikel."),
        ("/review/identify", {"name": "KP", "actor": "KP"}, "ist schon dieser Akteur"),
        ("/review/undo", {"number": "99"}, "Kein geltendes Urteil hat die Nummer 99"),
        ("/review/claim", {"action": "verschenken"}, "Das war keine Eingabe dieser Seiten."),
        ("/search?q=-Granaten", None, "Nennen Sie auch ein Wort, das vorkommen soll."),
        ("/claims?stage=verschenkt", None, "„verschenkt“ ist kein Stand."),
        ("/deals?as_of=neulich", None, "„neulich“ ist kein Tag"),
        ("/original/aa11?number=0", None, "Die Adresse fragt nach etwas, das es nicht geben kann."),
    ],
)
def test_pages_say_it_in_german(german: TestClient, address: str, sent: dict[str, str] | None, said: str) -> None:
    answer = german.get(address) if sent is None else german.post(address, data=sent)
    assert 400 <= answer.status_code < 500
    assert said in answer.text
