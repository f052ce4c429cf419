"""The sentence that is quoted for a field of a claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Evidence
from quellenlage.weigh.quotes import LONGEST, quote_of

TEXT = "Moskau hat gekauft. Der Kreml bestritt am Montag, dass Moskau etwas kauft. Mehr war nicht zu hören."


def evidence(words: str, after: int = 0) -> Evidence:
    start = TEXT.index(words, after)
    return Evidence("denied_by", start, start + len(words), words)


def test_the_sentence_that_holds_most_of_the_words_is_quoted() -> None:
    quote = quote_of(TEXT, [evidence("Moskau"), evidence("Kreml"), evidence("bestritt")])
    assert quote is not None
    assert quote.text == "Der Kreml bestritt am Montag, dass Moskau etwas kauft."
    assert [quote.text[start:end] for start, end in quote.marks] == ["Kreml", "bestritt"]
    assert TEXT[quote.start :].startswith(quote.text)


def test_of_no_words_there_is_no_quote() -> None:
    assert quote_of(TEXT, []) is None


@given(st.text("ab. \n", min_size=1, max_size=3 * LONGEST), st.data())
def test_a_quote_stands_in_the_text_is_not_long_and_marks_only_what_was_meant(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), min_size=1, max_size=5))
    entries = [Evidence("stage", start, min(len(text), start + length), "") for start, length in cuts]
    quote = quote_of(text, entries)
    assert quote is not None
    assert text[quote.start :].startswith(quote.text)
    assert len(quote.text) <= LONGEST + 9
    meant = {(entry.start - quote.start, entry.end - quote.start) for entry in entries}
    assert set(quote.marks) <= meant
