"""An address → the bytes that are there, within limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import metadata

import httpcore
import httpx

from quellenlage.intake.original import Original
from quellenlage.intake.web.address import is_public_text, url_of
from quellenlage.intake.web.connecting import Deadline, Guarded, MayConnect, Refused, Resolve, system_resolver
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.inflating import NotInflated, inflated

PRODUCT = "Quellenlage"
"""The name that robots.txt files know the program by."""
_ACCEPTED = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_COMPRESSED = frozenset({"gzip", "x-gzip", "deflate"})
_ONLY_FOR_NOW = frozenset({408, 425, 429})
_LONGEST_WAIT = 86_400.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch may go.

    `seconds` for all of it but the waiting for politeness, `wait` of these for one step; `bytes` of the body, unpacked;
    `ratio` of that to what was sent; `redirects`. `cuts` takes the beginning of a body that is too long.
    """

    seconds: float = 60.0
    wait: float = 20.0
    bytes: int = 20_000_000
    ratio: float = 200.0
    redirects: int = 6
    cuts: bool = False


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said by which it knows later whether something has changed (RFC 9110, section 8.8)."""

    etag: str | None = None
    modified: str | None = None


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the address it came from at last, the body unpacked, and what the server said of it.

    `moved_to` is where the server says it has gone for good.
    """

    address: str
    data: bytes
    media_type: str = ""
    charset: str = ""
    validators: Validators = NOTHING_KNOWN
    moved_to: str | None = None

    def original(self, got: datetime) -> Original:
        """The bytes as the intake wants them, got at a moment."""
        when = got.isoformat(timespec="seconds")
        return Original(self.data, self.address, self.address, self.media_type, self.charset, self.address, when)


def user_agent(contact: str | None = None) -> str:
    """What the program calls itself: its name, version, and where its user or its makers are to be reached."""
    about = metadata("quellenlage")
    urls = [entry.partition(",")[2].strip() for entry in about.get_all("Project-URL") or []]
    reached = contact or next(iter(urls), None)
    return f"{PRODUCT}/{about['Version']}" + (f" (+{reached})" if reached else " (reader of news on arms transfers)")


class Fetcher:
    """Gets what is at addresses of the public internet, or wherever it `may_connect`.

    Proxies that the environment names are not used: behind one, where a connection leads cannot be checked.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        contact: str | None = None,
        may_connect: MayConnect = is_public_text,
        resolve: Resolve = system_resolver,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits
        self._may_connect = may_connect
        self._agent = user_agent(contact)
        self._resolve = resolve
        self._seconds = seconds
        self._tls = httpx.create_ssl_context(trust_env=False)

    def fetch(
        self,
        address: str,
        known: Validators = NOTHING_KNOWN,
        *,
        before: Callable[[httpx.URL], None] = lambda url: None,
        limits: Limits | None = None,
    ) -> Fetched | None:
        """What is at an address; None where it has not changed since `known`.

        `before` is called with every URL before it is asked, redirects among them, and may raise `NotFetched`. Raises
        `NotFetched` where nothing comes, or not within the limits.
        """
        limits = limits or self.limits
        url, moved, left = url_of(address), True, limits.seconds
        cookies = httpx.Cookies()  # Some servers send in circles whoever does not show theirs.
        gone_to = None
        for _ in range(limits.redirects + 1):
            before(url)
            begun = self._seconds()
            found = self._ask(url, known, limits, left, cookies)
            left -= self._seconds() - begun
            if not isinstance(found, _Redirect):
                return found and replace(found, moved_to=gone_to)
            url, moved = found.to, moved and found.is_permanent
            gone_to = str(url) if moved else gone_to
        raise NotFetched(
            address, f"it leads on more than {limits.redirects} times; open it in a browser", is_final=True
        )

    def _ask(
        self, url: httpx.URL, known: Validators, limits: Limits, left: float, cookies: httpx.Cookies
    ) -> Fetched | _Redirect | None:
        transport = Guarded(self._tls, self._resolve, self._may_connect, Deadline(self._seconds, left))
        timeout = httpx.Timeout(limits.wait)
        try:
            with (
                httpx.Client(transport=transport, timeout=timeout, cookies=cookies, trust_env=False) as client,
                client.stream("GET", url, headers=self._headers(known)) as answer,
            ):
                cookies.update(client.cookies)
                return _taken(answer, url, limits, conditional=known != NOTHING_KNOWN)
        except Refused as refused:
            why = f"{refused}, which is no address of the public internet; allow private ones where you mean it"
            raise NotFetched(str(url), why, is_final=True) from None
        except NotInflated as problem:
            raise NotFetched(str(url), f"{problem}; open it in a browser to see what it is") from None
        except (httpcore.TimeoutException, httpx.TimeoutException):
            why = f"no whole answer within {limits.seconds:g} seconds; try again later"
            raise NotFetched(str(url), why) from None
        except (httpcore.ConnectError, httpx.ConnectError) as error:
            raise NotFetched(str(url), f"no connection ({error}); check the address and your network") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotFetched(str(url), f"the answer broke off or is none ({error}); try again later") from None

    def _headers(self, known: Validators) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Connection": "close",
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "de, en;q=0.8, *;q=0.5",
        }
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.modified:
            headers["If-Modified-Since"] = known.modified
        return headers


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: httpx.URL
    is_permanent: bool


def _taken(answer: httpx.Response, url: httpx.URL, limits: Limits, *, conditional: bool) -> Fetched | _Redirect | None:
    status = answer.status_code
    if status == HTTPStatus.NOT_MODIFIED and conditional:
        return None
    if status in _REDIRECTS and "location" in answer.headers:
        return _Redirect(_leading_to(url, answer.headers["location"]), status in _PERMANENT)
    if status != HTTPStatus.OK:
        raise _status_error(answer, url)
    said = Message()
    said["content-type"] = answer.headers.get("content-type", "")
    return Fetched(
        address=str(url),
        data=_body(answer, url, limits),
        media_type=said.get_content_type() if answer.headers.get("content-type") else "",
        charset=said.get_content_charset() or "",
        validators=Validators(answer.headers.get("etag"), answer.headers.get("last-modified")),
    )


def _leading_to(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url_of(str(url.join(location)))
    except (httpx.InvalidURL, ValueError):
        raise NotFetched(str(url), f"it leads on to {location[:200]!r}, which is no address", is_final=True) from None
    except NotFetched as problem:
        raise NotFetched(str(url), f"it leads on to {location[:200]!r}: {problem.why}", is_final=True) from None


def _status_error(answer: httpx.Response, url: httpx.URL) -> NotFetched:
    status = answer.status_code
    what = f"the server says {status} {answer.reason_phrase}".strip()
    is_final = 400 <= status < 500 and status not in _ONLY_FOR_NOW
    step = "check the address" if is_final else "try again later"
    wait = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
    return NotFetched(str(url), f"{what}; {step}", status=status, retry_after=wait, is_final=is_final)


def retry_after(written: str, now: datetime) -> float | None:
    """Seconds that a server asks to wait (RFC 9110, section 10.2.3), a day at most; None where it says nothing."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        return min(float(written[:9]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, IndexError, TypeError):
        return None
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _body(answer: httpx.Response, url: httpx.URL, limits: Limits) -> bytes:
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    pieces: Iterator[bytes] = answer.iter_raw()
    if encoding in _COMPRESSED:
        pieces = inflated(pieces, limits.ratio)
    elif encoding not in ("", "identity"):
        # Only what was asked for can be unpacked within limits.
        raise NotFetched(str(url), f"the body is packed as {encoding[:40]!r}, which was not asked for", is_final=True)
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limits.bytes:
            if limits.cuts:
                return bytes(body[: limits.bytes])
            why = f"more than {limits.bytes / 1e6:g} MB, which no article or feed has; check the address"
            raise NotFetched(str(url), why, is_final=True)
    return bytes(body)
