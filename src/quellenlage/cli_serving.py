"""The command that serves the pages; no logic of its own."""

from __future__ import annotations

import gc
from contextlib import suppress
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_parts import DEFAULT_LEDGER, LanguageOption, LedgerOption, spoken, told


def add_serving(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(serve)


def serve(
    ledger: LedgerOption = DEFAULT_LEDGER,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes one that is free.")
    ] = 8017,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Let in accounts only, as is always done beyond this machine.")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Serve the pages of the ledger, on this machine alone or, to those who have an account, beyond it."""
    import uvicorn

    from quellenlage.web import create_app
    from quellenlage.web.loopback import is_loopback

    say, console = spoken(lang), Console(stderr=True)
    with_accounts = accounts or not is_loopback(host)
    with told():
        pages = create_app(ledger, with_accounts)
    listener = _listening(host, port)
    console.print(say.say("serving", address=_address(host, listener)), soft_wrap=True)
    if not is_loopback(host):
        console.print(say.say("serving_in_the_clear"), style="yellow")
    # What is there now stays: looking through it for garbage again and again makes one page in twenty wait for 70 ms.
    gc.freeze()
    # Without accounts there is no proxy, and a page of another site must not make up where it comes from.
    server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", proxy_headers=with_accounts))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket:
    """A socket that listens; raises `BadParameter` where there is no such address or its port is taken."""
    try:
        listener = create_server((host, port), family=AF_INET6 if ":" in host else AF_INET)
    except OSError as error:
        raise typer.BadParameter(
            f"cannot listen on port {port} of {host} ({error.strerror}): "
            "stop what listens there, or name another --port or --host",
            param_hint="--port",
        ) from error
    # asyncio says so only of sockets that it made itself; without it an answer may wait for 40 ms.
    listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return listener


def _address(host: str, listener: socket) -> str:
    name = f"[{host}]" if ":" in host else host or "0.0.0.0"
    return f"http://{name}:{listener.getsockname()[1]}/"
