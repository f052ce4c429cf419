"""The exports in the forms of other programs; no logic of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quellenlage.cli_parts import (
    DEFAULT_LEDGER,
    AsOfOption,
    LanguageOption,
    LedgerOption,
    OutOption,
    asked,
    spoken,
    told,
    writing,
    writing_bytes,
)
from quellenlage.labels import Labels
from quellenlage.steps import Weighed, weighed

FileOption = Annotated[Path, typer.Option("--out", "-o", help="The file to write.")]
DealsOption = Annotated[bool, typer.Option("--deals", help="One row a deal instead of one a claim.")]


def add_exports(export: typer.Typer) -> None:
    """Add these exports to the program's."""
    for name, command in (
        ("csv", export_csv),
        ("xlsx", export_xlsx),
        ("parquet", export_parquet),
        ("sipri", export_sipri),
        ("ftm", export_ftm),
        ("stix", export_stix),
        ("jsonld", export_jsonld),
        ("graphml", export_graphml),
        ("geojson", export_geojson),
        ("atom", export_atom),
    ):
        export.command(name)(command)


def export_csv(
    ledger: LedgerOption = DEFAULT_LEDGER,
    out: OutOption = None,
    deals: DealsOption = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write a table as CSV, one row a claim: for users of spreadsheets and scripts."""
    from quellenlage.export.csv_table import write_csv
    from quellenlage.export.table import CLAIMS, DEALS, claim_rows, deal_rows

    with told(), writing(out, spoken(lang), "csv") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        if deals:
            write_csv(DEALS, deal_rows(all_of_it, labels), stream)
        else:
            write_csv(CLAIMS, claim_rows(all_of_it, labels), stream)


def export_xlsx(
    out: FileOption, ledger: LedgerOption = DEFAULT_LEDGER, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write a workbook with a sheet of claims and one of deals: for users of Excel and LibreOffice."""
    from quellenlage.export.xlsx import write_xlsx

    with told(), writing_bytes(out, spoken(lang), "xlsx") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_xlsx(all_of_it, stream, labels)


def export_parquet(
    out: FileOption,
    ledger: LedgerOption = DEFAULT_LEDGER,
    deals: DealsOption = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write a table as Parquet, one row a claim: for data scientists with pandas, Polars, DuckDB or R."""
    from quellenlage.export.parquet import write_parquet
    from quellenlage.export.table import CLAIMS, DEALS, claim_rows, deal_rows

    with told(), writing_bytes(out, spoken(lang), "parquet") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        if deals:
            write_parquet(DEALS, deal_rows(all_of_it, labels), stream)
        else:
            write_parquet(CLAIMS, claim_rows(all_of_it, labels), stream)


def export_sipri(ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None) -> None:
    """Write the deals in the columns of SIPRI's transfer register, in English: for arms-control researchers."""
    from quellenlage.export.sipri import write_sipri

    with told(), writing(out, spoken(None), "sipri") as stream:
        all_of_it, labels = _all_of(ledger, as_of, "en")
        write_sipri(all_of_it, stream, labels)


def export_ftm(
    ledger: LedgerOption = DEFAULT_LEDGER,
    out: OutOption = None,
    statements: Annotated[
        bool, typer.Option("--statements", help="As statements in CSV, one a value, instead of entities in JSON.")
    ] = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write entities of FollowTheMoney: for investigative reporters with Aleph or the tools of OpenSanctions."""
    from quellenlage.export.ftm import write_ftm, write_ftm_statements

    with told(), writing(out, spoken(lang), "ftm") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        if statements:
            write_ftm_statements(all_of_it, stream, labels)
        else:
            write_ftm(all_of_it, stream, labels)


def export_stix(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write a bundle of STIX 2.1: for threat-intelligence teams with OpenCTI or MISP."""
    from quellenlage.export.stix import write_stix

    with told(), writing(out, spoken(lang), "stix") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_stix(all_of_it, stream, labels)


def export_jsonld(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write claims and articles in the words of schema.org (JSON-LD): for search engines and linked data."""
    from quellenlage.export.jsonld import write_jsonld

    with told(), writing(out, spoken(lang), "jsonld") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_jsonld(all_of_it, stream, labels)


def export_graphml(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write who told whom as a graph (GraphML): for network analysts with Gephi, networkx or igraph."""
    from quellenlage.export.graphml import write_graphml

    with told(), writing(out, spoken(lang), "graphml") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_graphml(all_of_it, stream, labels)


def export_geojson(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write the deals as lines from supplier to recipient (GeoJSON): for makers of maps."""
    from quellenlage.export.geojson import write_geojson

    with told(), writing(out, spoken(lang), "geojson") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_geojson(all_of_it, stream, labels)


def export_atom(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write the claims as a feed (Atom), newest first: for feed readers."""
    from quellenlage.export.atom import write_atom

    with told(), writing(out, spoken(lang), "atom") as stream:
        all_of_it, labels = _all_of(ledger, as_of, lang)
        write_atom(all_of_it, stream, labels)


def _all_of(ledger: str, as_of: str | None, lang: str | None) -> tuple[Weighed, Labels]:
    """What a ledger adds up to, as it is or as of a moment, and labels that know the names of its sources."""
    with asked(ledger, as_of) as book:
        all_of_it = weighed(book)
    return all_of_it, spoken(lang).with_names(all_of_it.names).labels
