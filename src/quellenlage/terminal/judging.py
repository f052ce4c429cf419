"""Judgements in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from quellenlage.ledger import Logged
from quellenlage.terminal.texts import Texts


def judgement_line(one: Logged, doc: Mapping[str, str], texts: Texts) -> Text:
    """What was decided on which articles' claims, by whom, when and why, and when it was taken back."""
    judgement = one.judgement
    told = Text(f"{judgement.number}  ", style="bold" if one.undone is None else "dim")
    told.append(texts.say(f"judgement_{judgement.kind.value}"))
    about = ", ".join(dict.fromkeys(doc.get(claim.article_id, claim.article_id) for claim in judgement.claims))
    told.append(f": {about}" if about else ":")
    for change in judgement.corrections:
        told.append(f"  {change.field} = {change.value}", style="cyan")
    told.append(f"  {judgement.person}, {one.made.astimezone():%Y-%m-%d %H:%M}", style="dim")
    if judgement.note:
        told.append(f"  {judgement.note}", style="italic")
    if one.undone is not None:
        told.append(f"  {texts.say('taken_back', when=f'{one.undone.astimezone():%Y-%m-%d %H:%M}')}", style="dim")
    return told
