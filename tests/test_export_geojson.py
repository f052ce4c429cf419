import io
import json

from babel import Locale

from quellenlage.export.geojson import write_geojson
from quellenlage.export.points import points
from quellenlage.names.knowledge import load
from quellenlage.steps import Weighed
from tests.exported import CLAIMS, FORMULA, NOTHING, TAMED, WHOLE, named


def features(all_of_it: Weighed = WHOLE, language: str = "en") -> list[dict]:
    out = io.StringIO()
    write_geojson(all_of_it, out, named(all_of_it, language))
    collection = json.loads(out.getvalue())
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def flow(deal: str) -> dict:
    return next(feature for feature in features() if feature["properties"]["deal"] == deal)


def test_a_flow_is_a_line_from_supplier_to_recipient_longitude_first() -> None:
    line = flow("NO-EE-artillery-2024-09")
    assert line["geometry"] == {"type": "LineString", "coordinates": [[10.75, 59.91], [24.75, 59.44]]}
    assert line["properties"]["articles"] == ["oslo", FORMULA]
    assert (line["properties"]["supplier_name"], line["properties"]["recipient_name"]) == ("Norway", "Estonia")
    assert "according to" in line["properties"]["said"]


def test_flows_tell_whether_they_are_said_to_be_delivered_only_sought_or_not_at_all() -> None:
    def told(feature: dict) -> tuple[str, bool, bool]:
        values = feature["properties"]
        return values["stage"], values["said_to_be_delivered"], values["said_not_to_take_place"]

    assert told(flow("NO-EE-artillery-2024-09")) == ("delivered", True, False)
    assert told(flow("KR-PE-ammunition-2025-03")) == ("sought", False, False)
    assert told(flow("KR-UA-2025-03")) == ("unspecified", False, True)


def test_every_claim_is_there_even_where_a_party_has_no_place() -> None:
    assert {claim for feature in features() for claim in feature["properties"]["claims"]} == {c.id for c in CLAIMS}
    placeless = flow("stahlhof-unknown-undated")
    assert placeless["geometry"] is None
    assert placeless["properties"]["models"] == [FORMULA, TAMED.replace("\ufffd", "\x0b", 1).replace("\ufffd", "\x00")]


def test_ids_stay_the_same_in_every_language() -> None:
    assert [one["id"] for one in features()] == [one["id"] for one in features(language="de")]
    assert len({one["id"] for one in features()}) == len(features())


def test_an_empty_ledger_has_no_features() -> None:
    assert features(NOTHING) == []


def test_every_state_has_a_point_on_the_globe() -> None:
    no_states = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    states = {code for code in Locale("en").territories if code.isalpha() and len(code) == 2} - no_states
    assert set(points()) == states
    assert len(states) == 250
    assert {code for code in load("states") if code != "EU"} <= set(points())
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 and p.place for p in points().values())


def test_points_lie_where_they_should() -> None:
    """One in each quarter of the globe, so that no sign and no order can be wrong."""
    north_east, south_west, north_west, south_east = (points()[code] for code in ("KP", "AR", "US", "NZ"))
    assert (round(north_east.latitude), round(north_east.longitude)) == (39, 126)
    assert (round(south_west.latitude), round(south_west.longitude)) == (-35, -58)
    assert (round(north_west.latitude), round(north_west.longitude)) == (39, -77)
    assert (round(south_east.latitude), round(south_east.longitude)) == (-41, 175)
