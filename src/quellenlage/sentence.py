"""A deal's standing in one sentence made of its fields alone: "Sought by Russia from North Korea; two independent
origins; denied by North Korea."
"""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list

from quellenlage.labels import Case, Labels
from quellenlage.weigh.standing import ANSWERS, GradeReason, Standing
from quellenlage.weigh.weighing import Deal


def standing_sentence(deal: Deal, labels: Labels) -> str:
    """How far the transfer is said to have come and between whom, its independent origins, and who answers how."""
    standing, words = deal.standing, labels.words["standing"]
    answers = [(field, [answer.actor for answer in getattr(standing, field)]) for field in ANSWERS]
    parts = [
        _transfer(deal, labels),
        _origins(standing, labels),
        *(words[field].format(names=_names(who, labels)) for field, who in answers if who),
    ]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _transfer(deal: Deal, labels: Labels) -> str:
    negated = any(reason is GradeReason.NEGATED for reason, _ in deal.standing.grade.reasons)
    template: str = labels.words["standing"]["negated" if negated else deal.standing.stage.value]
    return template.format(
        supplier=_names(deal.supplier, labels),
        recipient=_names(deal.recipient, labels),
        to=_names(deal.recipient, labels, Case.ACCUSATIVE),
    )


def _origins(standing: Standing, labels: Labels) -> str:
    words, count = labels.words["standing"], len(standing.origins)
    numbers = words["numbers"]
    if count < 2:
        told = str(words["origins_one" if count else "origins_none"])
    else:
        told = words["origins_many"].format(count=numbers[count] if count < len(numbers) else count)
    more = any(origin.possibly_more for origin in standing.origins)
    return str(words["possibly_more"].format(told)) if more else told


def _names(identities: Iterable[str], labels: Labels, case: Case = Case.DATIVE) -> str:
    names = [labels.in_sentence(one, case) for one in identities]
    return str(format_list(names, locale=labels.language))
