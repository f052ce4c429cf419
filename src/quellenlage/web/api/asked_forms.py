"""What the interface takes: the judgements that can be asked for, with examples."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from quellenlage.web.api.forms import CLAIM, Form, Marked

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
"""A line of words without control characters."""
Prose = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]
"""Words that may go over several lines."""
Value = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00-\x1f]*$")]
Names = Annotated[list[Line], Field(min_length=1, max_length=1000)]


class _ByPerson(Form):
    person: Line | None = Field(
        default=None,
        description="Who judges; where there are accounts it is yours and can be left out.",
        examples=["Ada"],
    )
    note: Prose = ""


class Accept(_ByPerson):
    """Claims are right as they were read."""

    kind: Literal["accept"]
    claims: Names


class Reject(_ByPerson):
    """What was read there is no claim."""

    kind: Literal["reject"]
    claims: Names


Values = Annotated[dict[str, Value], Field(max_length=50)]
"""What fields are to say."""
MarkedWords = Annotated[dict[str, Annotated[list[Marked], Field(min_length=1, max_length=100)]], Field(max_length=50)]
"""The words that were marked for fields."""


class Correct(_ByPerson):
    """A claim is to say something else in some fields, or rest on other words; an empty value empties a field.

    A field that says nothing and has words marked says what the lists read from these; a list that is not given has
    that added.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "correct", "claim": CLAIM["id"], "values": {"stage": "delivered"}, "person": "Ada", "note": ""}
            ]
        },
    )
    kind: Literal["correct"]
    claim: Line
    values: Values = Field(default_factory=dict)
    spans: MarkedWords = Field(default_factory=dict)

    @model_validator(mode="after")
    def _must_say_something(self) -> Self:
        if not self.values and not self.spans:
            raise ValueError("give values or spans for some fields")
        return self


class Add(_ByPerson):
    """An article, by its doc or id, makes a claim that was missed.

    It needs words for its `stage`, and a supplier or a recipient; a field without a value says what the lists read from
    its words.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "add",
                    "article": CLAIM["article"]["id"],
                    "values": {"stage": "offered", "recipient": "CY"},
                    "spans": {
                        "stage": [{"start": 37, "end": 43, "text": "bietet"}],
                        "supplier": [{"start": 44, "end": 51, "text": "Serbien"}],
                    },
                    "person": "Ada",
                    "note": "",
                }
            ]
        },
    )
    kind: Literal["add"]
    article: Line
    values: Values = Field(default_factory=dict)
    spans: MarkedWords


class Identify(_ByPerson):
    """A name stands for an actor, in all claims that there are and will be."""

    kind: Literal["identify"]
    name: Line
    actor: Line


class Split(_ByPerson):
    """The claims of some articles, by their ids, are of another deal."""

    kind: Literal["split"]
    deal: Line
    articles: Names


class Merge(_ByPerson):
    """Deals are one."""

    kind: Literal["merge"]
    deals: Annotated[list[Line], Field(min_length=2, max_length=100)]


Asked = Annotated[Accept | Reject | Correct | Add | Identify | Split | Merge, Field(discriminator="kind")]
"""A judgement that is asked for."""
