"""How far two annotators agree: articles of the corpus that were annotated a second time, blind.

Their agreement is what a reader can reach at most: where two careful people differ, there is no one right answer.
"""

from __future__ import annotations

from quellenlage.domain import Reading
from training.corpus import CORPUS, Annotated, load, reading_of

SECOND_READINGS = CORPUS / "second_readings"


def second_readings() -> list[tuple[Annotated, Reading]]:
    """Each article annotated twice, with the second annotation as a reading.

    Raises `ValueError` where a text is not the same in both.
    """
    first = {article.id: article for article in load()}
    second = load(SECOND_READINGS)
    for article in second:
        if article.id not in first or article.text != first[article.id].text:
            raise ValueError(f"{SECOND_READINGS / article.id}.txt does not have the text of the article of that name")
    return [(first[article.id], reading_of(article)) for article in second]
