"""The overview, the list of deals, and the frame of all pages."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Stage
from quellenlage.ledger import Ledger
from quellenlage.ledger.overview import Flow, Week
from quellenlage.web import create_app
from quellenlage.web.drawing.flows import DONE, ENDED, ON_ITS_WAY, WANTED, flow_map, kind_of, width_of
from quellenlage.web.drawing.weeks import BOTTOM, TOP, week_drawing
from quellenlage.web.drawing.world import world
from quellenlage.web.visits import COOKIE, Visit, visit_of
from tests.test_overview import ROWS, fill

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as book:
        fill(book, ROWS)
    return path


@pytest.fixture
def client(file: Path):
    with TestClient(create_app(file), headers={"Accept-Language": "de"}) as opened:
        yield opened


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def visited(client: TestClient, moment: datetime) -> str:
    """The overview as a reader sees it who was there at a moment."""
    client.cookies.clear()
    return plain(client.get("/", headers={"Cookie": f"{COOKIE}=-{int(moment.timestamp())}"}).text)


def test_the_overview_tells_how_much_there_is_and_what_is_disputed_and_thin(client: TestClient) -> None:
    told = plain(client.get("/").text)
    assert "4 Geschäfte aus 5 Behauptungen in 5 Artikeln." in told
    disputed, thin = told.split("Am meisten bestritten")[1].split("Am wenigsten gestützt")
    assert "Nordkorea → Russland" in disputed
    assert "Serbien" not in disputed
    assert "Serbien → Zypern" in thin


def test_an_empty_ledger_has_an_overview(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "empty.db").close()
    with TestClient(create_app(tmp_path / "empty.db")) as client:
        page = client.get("/")
    assert page.status_code == 200
    assert "<svg" not in page.text


def test_the_first_visit_has_no_news_and_the_next_one_has(client: TestClient) -> None:
    first = client.get("/")
    assert "Beim nächsten Besuch" in first.text
    assert COOKIE in first.cookies
    assert "5 neue oder geänderte Behauptungen aus 5 Artikeln" in visited(client, datetime.now(UTC) - timedelta(days=9))
    assert "In einer davon bestreitet" in visited(client, datetime.now(UTC) - timedelta(days=9))


def test_after_a_visit_only_what_came_since_is_new(client: TestClient, file: Path) -> None:
    before = datetime.now(UTC)
    with Ledger.open(file) as book:
        fill(book, [("2024-05-20", "IR", "RU", Stage.SOUGHT, "us-officials", ())], start=20)
    told = plain(client.get("/", params={"since": before.isoformat()}).text)
    assert "1 neue oder geänderte Behauptung." in told
    news = told.split("Am meisten bestritten")[0]
    assert "Iran → Russland" in news
    assert "Serbien" not in news


def test_a_moment_can_be_named_since_when(client: TestClient) -> None:
    assert "nichts Neues" in client.get("/", params={"since": "2099-01-01"}).text
    assert "5 neue" in client.get("/", params={"since": "2000-01-01"}).text
    assert client.get("/", params={"since": "gestern"}).status_code == 400


@pytest.mark.parametrize("cookie", ["", "x", "-", "1", "-99999999999", "²-²", "1-1-1", "-" + "9" * 40])
def test_a_cookie_that_cannot_be_of_a_visit_is_none(cookie: str) -> None:
    assert visit_of(cookie, NOW) == Visit(None, NOW)


def test_what_is_new_stays_new_through_a_visit() -> None:
    first = visit_of("", NOW)
    second = visit_of(first.cookie, NOW + timedelta(days=1))
    third = visit_of(second.cookie, NOW + timedelta(days=1, minutes=5))
    fourth = visit_of(third.cookie, NOW + timedelta(days=2))
    assert second.before == third.before == NOW
    assert fourth.before == NOW + timedelta(days=1, minutes=5)


@given(st.text(max_size=30) | st.from_regex(r"\d{0,14}-\d{0,14}", fullmatch=True))
def test_any_cookie_gives_a_visit_before_now(cookie: str) -> None:
    before = visit_of(cookie, NOW).before
    assert before is None or before <= NOW


def test_the_map_and_its_table_tell_the_same_flows(client: TestClient) -> None:
    page = client.get("/").text
    lines = re.findall(r'<a class="flow ([\w-]+)" href="([^"]+)" aria-label="([^"]+)"', page)
    assert {(kind, address) for kind, address, _ in lines} == {
        ("done", "/deals?supplier=KP&amp;recipient=RU"),
        ("wanted", "/deals?supplier=RS&amp;recipient=CY"),
    }
    (told,) = (told for _, address, told in lines if "KP" in address)
    assert told == "Nordkorea → Russland: geliefert; 2 unabhängige Ursprünge; 1 Geschäft; 1 davon bestritten"
    table = plain(page.split('id="flows"')[1].split("</table>")[0])
    for row in ("Nordkorea → Russland geliefert 2 1 1", "nicht genannt → Russland vereinbart", "USA → USA"):
        assert row in table
    assert "1 Strom steht nur in der Tabelle" in plain(page)
    assert "1 Strom innerhalb eines Staates" in plain(page)


def flow(supplier: str, recipient: str, origins: int = 1, stage: Stage = Stage.SOUGHT) -> Flow:
    return Flow(supplier, recipient, stage, origins, 1, 0)


def test_what_is_no_state_is_counted_and_not_drawn() -> None:
    drawn = flow_map([flow("US", "UA"), flow("rheinmetall", "UA"), flow("US", "EU"), flow("US", "US")], world(), str)
    assert (len(drawn.lines), drawn.unplaced, drawn.inner) == (1, 2, 1)
    assert {place.code for place in drawn.places} == {"US", "UA"}


def test_more_origins_make_wider_lines_and_stages_have_their_kinds() -> None:
    for most in (1, 5, 10_000):
        widths = [width_of(origins, most) for origins in range(1, most + 1)]
        assert widths == sorted(widths)
    assert width_of(2, 5) > width_of(1, 5)
    kinds = [kind_of(stage) for stage in (Stage.DELIVERED, Stage.UNDERWAY, Stage.SOUGHT, Stage.AGREED, Stage.HALTED)]
    assert kinds == [DONE, ON_ITS_WAY, WANTED, WANTED, ENDED]


@given(st.lists(st.tuples(*[st.sampled_from(sorted(world().points))] * 2, st.integers(0, 10**6)), max_size=60))
def test_every_flow_lies_on_the_part_of_the_map_that_is_shown(pairs: list[tuple[str, str, int]]) -> None:
    flows = [flow(*pair) for pair in pairs]
    drawn = flow_map(flows, world(), lambda code: f"State {code}")
    view = drawn.view
    assert len(drawn.lines) + drawn.inner == len(flows)
    for place in drawn.places:
        assert view.left <= place.x <= view.left + view.width
        assert view.top <= place.y <= view.top + view.height
    assert 0 <= view.left <= view.left + view.width <= world().width
    assert 0 <= view.top <= view.top + view.height <= world().height


def test_the_map_has_a_point_for_every_state_that_the_exports_know() -> None:
    from quellenlage.export.points import points

    assert points().keys() - world().points.keys() <= {"AQ", "BV", "GS", "HM"}, "none but the uninhabited south"
    assert world().land.keys() - {""} <= points().keys()


def test_bars_are_as_high_as_their_weeks_have_claims() -> None:
    monday = NOW.date()
    drawn = week_drawing([Week(monday + timedelta(days=7 * n), claims) for n, claims in enumerate((0, 5, 10))])
    none, half, full = (bar.height for bar in drawn.bars)
    assert (none, full) == (0, BOTTOM - TOP)
    assert half == pytest.approx(full / 2, abs=0.1)
    assert week_drawing([]).bars == ()


@pytest.mark.parametrize(
    ("query", "suppliers"),
    [
        ({}, {"KP", "RS", "US", "unknown"}),
        ({"supplier": "kp"}, {"KP"}),
        ({"stage": "offered"}, {"RS"}),
        ({"recipient": "RU", "item_class": "drones"}, {"KP", "unknown"}),
        ({"supplier": "SE"}, set()),
    ],
)
def test_the_address_chooses_deals_on_the_page_and_in_its_files(
    client: TestClient, query: dict[str, str], suppliers: set[str]
) -> None:
    page = client.get("/deals", params=query).text
    assert page.count('<th scope="row"') == len(suppliers)
    rows = list(csv.DictReader(io.StringIO(client.get("/deals.csv", params=query).text)))
    assert {row["supplier"] for row in rows} == suppliers
    documents = client.get("/deals.json", params=query).json()["deals"]
    assert {"; ".join(deal["supplier"]) for deal in documents} == suppliers
    assert [deal["id"] for deal in documents] == [row["deal"] for row in rows]


def test_doubtful_deals_are_left_out_until_they_are_asked_for(file: Path, client: TestClient) -> None:
    with Ledger.open(str(file)) as book:
        fill(book, [("2024-05-06", "FI", "EE", Stage.AGREED, "fi-officials", ())], start=20, confidence=0.3)
    page = client.get("/deals", params={"lang": "en"}).text
    assert "FI-EE" not in page
    (link,) = re.findall(r'href="([^"]*)">Show them, too', page)
    shown = client.get(f"/deals{link}".replace("&amp;", "&")).text
    assert "FI-EE" in shown
    assert "read with doubt (30 %)" in plain(shown)
    listed = {doubtful: client.get("/api/v1/deals", params={"doubtful": doubtful}).text for doubtful in (True, False)}
    assert ["FI-EE" in listed[doubtful] for doubtful in (True, False)] == [True, False]


def test_files_have_the_order_of_the_page_and_what_the_export_says(client: TestClient) -> None:
    query = {"order": "unsupported", "lang": "en"}
    page = client.get("/deals", params=query).text
    answer = client.get("/deals.csv", params=query)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert re.findall(r'href="/deal/([^?"]+)', page) == [row["deal"] for row in rows]
    assert "attachment" in answer.headers["content-disposition"]
    assert rows[-1]["docs"] == "doc-0; doc-1"
    assert rows[-1]["said"].startswith("A transfer")
    (link,) = re.findall(r'href="(/deals\.csv\?[^"]*)"', page)
    assert client.get(link.replace("&amp;", "&")).text == answer.text


def test_the_heads_of_columns_sort_and_say_which_one_does(client: TestClient) -> None:
    page = client.get("/deals", params={"order": "disputed", "supplier": "KP"}).text
    (sorted_by,) = re.findall(r'<th [^>]*aria-sort="(\w+)"', page)
    assert sorted_by == "descending"
    ways = [set(way.split("&amp;")) for way in re.findall(r'class="sort" href="\?([^"]+)"', page)]
    orders = ("unsupported", "largest", "disputed", "latest")
    assert ways == [{f"order={order}", "supplier=KP", "page=1"} for order in orders]
    assert '<input type="hidden" name="order" value="disputed">' in page


@pytest.mark.parametrize("path", ["/", "/deals", "/claims", "/search"])
def test_the_frame_leads_to_all_rooms_and_says_in_which_one_is(client: TestClient, path: str) -> None:
    page = client.get(path).text
    rooms = page.split('class="rooms"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', rooms) == ["/", "/deals", "/claims", "/search", "/review"]
    assert re.findall(r'href="([^"]+)" aria-current="page"', rooms) == [path]


def test_the_theme_is_chosen_once_and_kept(client: TestClient) -> None:
    assert 'data-theme="system"' in client.get("/deals").text
    (link,) = re.findall(r'href="(/theme/dark[^"]*)"', client.get("/deals?supplier=KP&lang=en").text)
    back = client.get(link.replace("&amp;", "&"), follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, "/deals?supplier=KP&lang=en")
    assert 'data-theme="dark"' in client.get("/claims").text
    client.get("/theme/system")
    assert 'data-theme="system"' in client.get("/claims").text
    client.cookies.set("theme", '"><script>', path="/")
    assert "<script" not in client.get("/claims").text


@pytest.mark.parametrize(
    "back",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "", "\t//example.org", "/a\nb"],
)
def test_the_theme_leads_nowhere_else(client: TestClient, back: str) -> None:
    answer = client.get("/theme/light", params={"back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_there_is_no_other_theme(client: TestClient) -> None:
    assert client.get("/theme/pink", follow_redirects=False).status_code == 404
