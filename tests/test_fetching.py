"""What is got from the web: only from where it may be, within limits, and with a clear word where it is not."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.web import Fetcher, Limits, NotFetched, Validators, fetched
from quellenlage.intake.web.address import anywhere, is_public, same_page, url_of
from quellenlage.intake.web.fetching import NOTHING_KNOWN, retry_after
from quellenlage.intake.web.inflating import NotInflated, inflated
from tests.small_server import Answer, Asked, Site, site

HERE = Limits(seconds=5, wait=2, bytes=3_000_000)
PRIVATE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"]
PRIVATE += ["224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"]
THIS_MACHINE = ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::1]/"]
THIS_MACHINE += ["http://localhost/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/"]
NO_ADDRESSES = ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "example.org", "", "http://"]
NO_ADDRESSES += ["http://[x/", "http://user:secret@example.org/", "http://example.org:99999/", "http://a b/"]
NO_ADDRESSES += ["http://example.org/" + "a" * 3000]
ERRORS = [(404, True), (410, True), (403, True), (429, False), (500, False), (304, False)]


@pytest.fixture
def outlet() -> Iterator[Site]:
    with site() as made:
        yield made


def got(address: str, known: Validators = NOTHING_KNOWN, limits: Limits = HERE) -> bytes | None:
    found = Fetcher(limits, may_connect=anywhere, contact="mailto:redaktion@example.org").fetch(address, known)
    return found and found.data


def refusal(address: str, limits: Limits = HERE) -> NotFetched:
    with pytest.raises(NotFetched) as problem:
        got(address, limits=limits)
    return problem.value


# Where it may go


@pytest.mark.parametrize("ip", PRIVATE)
def test_networks_that_are_not_public_are_refused_in_every_notation(ip: str) -> None:
    plain = IPv4Address(ip)
    assert not is_public(plain)
    for beginning in ("::ffff:0:0", "::", "::ffff:0:0:0", "64:ff9b::"):
        assert not is_public(IPv6Address(int(IPv6Address(beginning)) + int(plain)))
    assert not is_public(IPv6Address((0x2002 << 112) + (int(plain) << 80)))


@pytest.mark.parametrize("ip", ["::1", "::", "fe80::1", "fc00::1", "ff02::1", "fec0::1", "64:ff9b:1::1", "2001:db8::1"])
def test_ipv6_networks_that_are_not_public_are_refused(ip: str) -> None:
    assert not is_public(IPv6Address(ip))


def test_public_networks_are_allowed() -> None:
    for ip in (IPv4Address("193.99.144.80"), IPv6Address("2a02:2e0:3fe:1001::1"), IPv6Address("64:ff9b::c163:9050")):
        assert is_public(ip)


@pytest.mark.parametrize("address", THIS_MACHINE)
def test_this_machine_and_its_network_are_not_asked(address: str) -> None:
    with pytest.raises(NotFetched, match="no address of the public internet") as problem:
        Fetcher(HERE).fetch(address)
    assert problem.value.is_final


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(NotFetched) as problem:
        url_of(address)
    assert problem.value.is_final
    assert "secret" not in str(problem.value)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(outlet: Site) -> None:
    outlet.routes["/"] = Answer(b"da")
    answers = iter([["10.0.0.9", "127.0.0.1"], ["10.0.0.9"]])
    fetcher = Fetcher(HERE, may_connect=lambda ip: ip == "127.0.0.1", resolve=lambda host, port: next(answers))
    address = outlet.address.replace("127.0.0.1", "outlet.example") + "/"
    found = fetcher.fetch(address)
    assert found is not None
    assert (found.data, outlet.seen[0][1]["Host"]) == (b"da", address.split("/")[2])
    with pytest.raises(NotFetched, match=r"10\.0\.0\.9"):
        fetcher.fetch(address)


def test_a_redirect_is_checked_like_the_address_itself(outlet: Site) -> None:
    outlet.routes["/a"] = Answer(status=302, headers={"Location": "http://intern.example/geheim"})
    outlet.routes["/b"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    where = {"intern.example": ["10.0.0.1"], "127.0.0.1": ["127.0.0.1"]}
    fetcher = Fetcher(HERE, may_connect=lambda ip: ip == "127.0.0.1", resolve=lambda host, port: where[host])
    with pytest.raises(NotFetched, match=r"10\.0\.0\.1"):
        fetcher.fetch(f"{outlet.address}/a")
    with pytest.raises(NotFetched, match="only http and https"):
        fetcher.fetch(f"{outlet.address}/b")


def test_a_page_that_a_person_asks_for_keeps_what_the_server_said(outlet: Site) -> None:
    outlet.routes["/x"] = Answer(b"<p>\xe4", headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    with pytest.raises(NotFetched):
        fetched(f"{outlet.address}/x")
    original = fetched(f"{outlet.address}/x", allow_private=True)
    assert (original.data, original.media_type, original.charset) == (b"<p>\xe4", "text/html", "iso-8859-1")
    assert original.address == f"{outlet.address}/x"
    assert datetime.fromisoformat(original.got or "").tzinfo is not None


# How far it goes


def test_redirects_are_followed_and_lasting_ones_told(outlet: Site) -> None:
    outlet.routes["/alt"] = Answer(status=301, headers={"Location": "/neu"})
    outlet.routes["/neu"] = Answer(status=302, headers={"Location": "heute#oben"})
    outlet.routes["/heute"] = Answer(b"da")
    found = Fetcher(HERE, may_connect=anywhere).fetch(f"{outlet.address}/alt")
    assert found is not None
    assert (found.data, found.address) == (b"da", f"{outlet.address}/heute")
    assert found.moved_to == f"{outlet.address}/neu"


def test_redirects_in_circles_end(outlet: Site) -> None:
    outlet.routes["/a"] = Answer(status=302, headers={"Location": "/b"})
    outlet.routes["/b"] = Answer(status=302, headers={"Location": "/a"})
    assert "leads on more than" in refusal(f"{outlet.address}/a").why
    assert len(outlet.seen) == HERE.redirects + 1


def test_a_server_that_wants_to_see_its_cookie_again_gets_it(outlet: Site) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.headers["Cookie"] == "besucht=1":
            return Answer(b"da")
        return Answer(status=302, headers={"Location": "/", "Set-Cookie": "besucht=1"})

    outlet.routes["/"] = answer
    assert got(f"{outlet.address}/") == b"da"


def test_too_much_is_not_read(outlet: Site) -> None:
    outlet.routes["/"] = Answer(b"x" * 3_000_001)
    assert "more than 3 MB" in refusal(f"{outlet.address}/").why
    assert got(f"{outlet.address}/", limits=Limits(bytes=1000, cuts=True)) == b"x" * 1000


def test_bombs_do_not_go_off(outlet: Site) -> None:
    packed = {"Content-Encoding": "gzip"}
    outlet.routes["/bombe"] = Answer(gzip.compress(bytes(50_000_000)), headers=packed)
    outlet.routes["/doppelt"] = Answer(
        gzip.compress(gzip.compress(bytes(10**6))), headers={"Content-Encoding": "gzip, gzip"}
    )
    outlet.routes["/br"] = Answer(b"irgendwas", headers={"Content-Encoding": "br"})
    assert "as bombs do" in refusal(f"{outlet.address}/bombe", Limits(bytes=10**9)).why
    assert "more than 3 MB" in refusal(f"{outlet.address}/bombe").why
    assert "not asked for" in refusal(f"{outlet.address}/doppelt").why
    assert "not asked for" in refusal(f"{outlet.address}/br").why


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda data: zlib.compress(data)[2:-4]])
def test_packed_bodies_are_unpacked(outlet: Site, pack: object) -> None:
    assert callable(pack)
    body = b"Panzer und Haubitzen " * 100
    encoding = "gzip" if pack is gzip.compress else "deflate"
    outlet.routes["/"] = Answer(pack(body), headers={"Content-Encoding": encoding})
    assert got(f"{outlet.address}/") == body


def test_what_is_cut_off_is_not_taken(outlet: Site) -> None:
    outlet.routes["/kurz"] = Answer(b"halb", headers={"Content-Length": "100"})
    outlet.routes["/gz"] = Answer(gzip.compress(bytes(1000))[:-10], headers={"Content-Encoding": "gzip"})
    for path in ("/kurz", "/gz"):
        assert not refusal(f"{outlet.address}{path}").is_final


def test_a_server_that_drips_cannot_hold_it(outlet: Site) -> None:
    def drip(asked: Asked) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\n" if asked.path == "/kopf" else b"HTTP/1.1 200 OK\r\n\r\n")
        while True:  # until the other side has gone
            asked.wfile.write(b"X-A: 1\r\n" if asked.path == "/kopf" else b"x")
            asked.wfile.flush()
            time.sleep(0.02)

    outlet.routes |= {"/kopf": drip, "/rumpf": drip}
    for path in ("/kopf", "/rumpf"):
        assert "no whole answer within 0.3 seconds" in refusal(f"{outlet.address}{path}", Limits(seconds=0.3)).why


def test_a_name_that_nobody_can_tell_in_time_cannot_hold_it() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    with pytest.raises(NotFetched, match="no whole answer"):
        Fetcher(Limits(seconds=0.1), may_connect=anywhere, resolve=slow).fetch("http://outlet.example/")


def test_heads_without_end_are_not_read(outlet: Site) -> None:
    def endless(asked: Asked) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 1_000_000)

    outlet.routes["/"] = endless
    assert "broke off or is none" in refusal(f"{outlet.address}/").why


def test_noise_is_no_answer(outlet: Site) -> None:
    outlet.routes["/"] = lambda asked: asked.wfile.write(b"\0\1\2 SSH-2.0 \r\n\r\n") and None
    assert not refusal(f"{outlet.address}/").is_final


def test_nobody_there(outlet: Site) -> None:
    assert "no connection" in refusal("http://127.0.0.1:1/").why


# What is said to the server, and by it


def test_it_says_who_it_is(outlet: Site) -> None:
    outlet.routes["/"] = Answer(b"da")
    got(f"{outlet.address}/")
    agent = outlet.seen[0][1]["User-Agent"]
    assert agent.startswith("Quellenlage/")
    assert agent.endswith("(+mailto:redaktion@example.org)")


def test_what_has_not_changed_is_not_sent_again(outlet: Site) -> None:
    def answer(asked: Asked) -> Answer:
        known = asked.headers["If-None-Match"] == '"1"' or asked.headers["If-Modified-Since"] == "gestern"
        return (
            Answer(b"", 304, length=False)
            if known
            else Answer(b"da", headers={"ETag": '"1"', "Last-Modified": "gestern"})
        )

    outlet.routes["/"] = answer
    first = Fetcher(HERE, may_connect=anywhere).fetch(f"{outlet.address}/")
    assert first is not None
    assert first.validators == Validators('"1"', "gestern")
    for known in (first.validators, Validators(etag='"1"'), Validators(modified="gestern")):
        assert got(f"{outlet.address}/", known) is None
    assert got(f"{outlet.address}/", Validators('"2"')) == b"da"


@pytest.mark.parametrize(
    ("status", "is_final"), [(404, True), (410, True), (403, True), (429, False), (500, False), (304, False)]
)
def test_errors_of_the_server_are_told(outlet: Site, status: int, is_final: bool) -> None:
    outlet.routes["/"] = Answer(b"", status, {"Retry-After": "120"}, length=status != 304)
    problem = refusal(f"{outlet.address}/")
    assert (problem.status, problem.is_final, problem.retry_after) == (status, is_final, 120)
    assert str(status) in problem.why


def test_how_long_a_server_wants_to_be_left_alone() -> None:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 01 Mar 2026 09:01:00 GMT", now) == 60
    assert retry_after("Sun, 01 Mar 2026 08:00:00 GMT", now) == 0
    assert retry_after("9" * 400, now) == 86_400
    for nothing in ("", "bald", "-5", "٣"):
        assert retry_after(nothing, now) is None


# The parts


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_unpacking_gives_what_was_packed(data: bytes, size: int) -> None:
    packed = gzip.compress(data) + gzip.compress(b"!") + bytes(7)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(inflated(chunks, 200)) == data + b"!"


@given(st.binary(min_size=1, max_size=500), st.data())
def test_what_is_cut_or_changed_is_never_taken_for_whole(data: bytes, draw: st.DataObject) -> None:
    packed = gzip.compress(data)
    with pytest.raises(NotInflated):
        b"".join(inflated([packed[: draw.draw(st.integers(1, len(packed) - 1))]], 200))
    at = draw.draw(st.integers(len(packed) - 8, len(packed) - 1))  # the checksum and the length
    changed = packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :]
    with pytest.raises(NotInflated):
        b"".join(inflated([changed], 200))


@given(st.binary(max_size=300))
def test_any_bytes_are_unpacked_or_refused(data: bytes) -> None:
    with suppress(NotInflated):
        b"".join(inflated([data], 200))


def test_addresses_of_the_same_page() -> None:
    page = "https://zeitung.example/politik?id=7"
    for same in ("?id=7#kommentare", "?utm_source=rss&id=7", "?id=7&fbclid=x&at_medium=y", "?id=7&UTM_Campaign=z"):
        assert same_page(f"https://Zeitung.example/politik{same}") == page
    for other in ("?id=8", "", "?id=7&seite=2", "/7"):
        assert same_page(f"https://zeitung.example/politik{other}") != page


@given(st.text(max_size=40), st.text("?&=%/#utm_ab", max_size=40))
def test_an_address_is_read_or_refused(host: str, rest: str) -> None:
    with suppress(NotFetched):
        once = same_page(f"http://{host}/{rest}")
        assert same_page(once) == once
