"""Which addresses may be asked, and when two addresses mean the same page."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, urlencode

import httpx

from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.knowledge import known

LONGEST = 2000
"""Characters of an address; the tables of the ledger hold no longer keys."""
_SCHEMES = ("http", "https")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
# IPv6 addresses with an IPv4 address in their last 32 bits: mapped and compatible (RFC 4291), translated (RFC 2765),
# NAT64 (RFC 6052).
_IPV4_AT_THE_END = tuple(map(IPv6Network, ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
# Tunnels and networks behind a translator, which lead wherever their operator likes: NAT64 for local use (RFC 8215),
# Teredo (RFC 4380), site-local (RFC 3879).
_LEADS_ANYWHERE = tuple(map(IPv6Network, ("64:ff9b:1::/48", "2001::/32", "fec0::/10")))


def url_of(address: str) -> httpx.URL:
    """The address as a URL without its fragment; raises `NotFetched` where it is none that may be asked.

    Only http and https are; and none with a name and password, which would stand in logs and in the ledger.
    """
    if len(address) > LONGEST:
        raise NotFetched(address[:100] + "…", f"longer than {LONGEST:,} characters; check the address", is_final=True)
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        port = url.port  # The parser looks at it only when asked.
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise NotFetched(address, f"this is no address ({error}); check it", is_final=True) from None
    if url.scheme not in _SCHEMES or not _HOST.fullmatch(url.raw_host.decode("ascii")):
        why = "only http and https are read; give an address like https://example.org/feed"
        raise NotFetched(address, why, is_final=True)
    if url.userinfo:
        raise NotFetched(url.host, "addresses with a password in them are not read; leave it out", is_final=True)
    if port is not None and not 0 < port < 65536:
        raise NotFetched(address, f"there is no port {port}; check the address", is_final=True)
    if len(str(url)) > LONGEST:
        raise NotFetched(address[:100] + "…", f"longer than {LONGEST:,} characters; check the address", is_final=True)
    return url


def host_of(address: str) -> str:
    """The host and port that an address is asked at, by which politeness counts; empty where it is no address."""
    try:
        return httpx.URL(address).netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return ""


def same_page(address: str) -> str:
    """The address without what does not choose the page: fragment and parameters that count readers.

    Raises `NotFetched` where it is none that may be asked.
    """
    url = url_of(address)
    query = url.query.decode("ascii")
    if not query:
        return str(url)
    parameters = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in parameters if not _is_tracking(name)]
    if len(kept) == len(parameters):
        return str(url)
    return str(url.copy_with(query=urlencode(kept).encode("ascii") if kept else None))


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether a machine of the public internet is at an address of the network.

    By the registries of RFC 6890 (private, loopback, link-local, shared, documentation, reserved are not), without
    multicast. An IPv6 address that stands for one of IPv4 is judged by that.
    """
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in _LEADS_ANYWHERE):
            return False
        if any(ip in network for network in _IPV4_AT_THE_END):
            return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour is not None and not is_public(ip.sixtofour):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_public_text(written: str) -> bool:
    """The same of an address as the resolver of the system writes it, maybe with a zone (`fe80::1%eth0`)."""
    try:
        return is_public(ip_address(written.partition("%")[0]))
    except ValueError:
        return False


def anywhere(_written: str) -> bool:
    """Allows all addresses of the network; for whoever reads from networks of their own."""
    return True


def _is_tracking(name: str) -> bool:
    folded = name.lower()
    return any(
        folded == one or (one.endswith("_") and folded.startswith(one)) for one in known()["tracking_parameters"]
    )
