"""The headline of an article: an article's text begins with it."""

from __future__ import annotations

_LONGEST_HEADLINE = 200


def headline_of(text: str) -> str | None:
    """The first line that is not empty, where it looks like a headline: short, and no sentence that stops."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    is_sentence = line.endswith((".", ":", ",", ";")) and not line.endswith("...")
    return line if line and len(line) <= _LONGEST_HEADLINE and not is_sentence else None


def beginning_with(title: str | None, text: str) -> str:
    r"""The text with its title as first line, followed by `\n`; unchanged where it begins with the title already."""
    if not title:
        return text
    folded = " ".join(title.split())
    # Folding shortens: the stretch is longer than the title, so that the title still fits.
    beginning = " ".join(text.lstrip()[: 2 * len(title) + 200].split())
    return text if beginning.startswith(folded) else f"{title}\n{text}"
