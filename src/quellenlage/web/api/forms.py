"""What the interface answers: the objects of its OpenAPI document, with examples."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from quellenlage.domain import HopKind, JudgementKind, Stage, Verdict
from quellenlage.weigh.copies import CopyReason

CLAIM: dict[str, Any] = {
    "id": "3f2a9c04d1b7e865-0",
    "version": "9d5e1c0b7a6f43821e0d",
    "article": {"id": "3f2a9c04d1b7e865", "doc": "kurier-17", "outlet": "Morgenkurier", "published": "2024-05-02"},
    "supplier": ["RS"],
    "recipient": ["CY"],
    "item_classes": ["artillery"],
    "models": [],
    "quantity": [None, 40],
    "quantity_words": "bis zu 40",
    "approximate": False,
    "quantity_item": "artillery",
    "amount": None,
    "stage": "offered",
    "negated": False,
    "return": [],
    "sources": ["abendblatt"],
    "chains": [
        [
            {"actor": "morgenkurier", "kind": "outlet", "name": "Morgenkurier"},
            {"actor": "abendblatt", "kind": "outlet", "name": "Abendblatt"},
        ]
    ],
    "hedged": False,
    "denied_by": ["RS"],
    "confirmed_by": [],
    "no_comment_by": [],
    "unverified_by": [],
    "time": None,
    "confidence": 0.87,
    "evidence": [{"field": "supplier", "start": 44, "end": 51, "text": "Serbien"}],
    "verdict": None,
    "judgements": [],
}


class Form(BaseModel):
    """What all objects share: nothing stands in them that is not described."""

    model_config = ConfigDict(extra="forbid")


class Mistake(Form):
    """What is wrong in a request, and where."""

    where: str
    what: str


class Marked(Form):
    """Words that a person marked; offsets count characters of the article's text."""

    start: int = Field(ge=0, examples=[44])
    end: int = Field(ge=1, examples=[51])
    text: str = Field(max_length=1000, examples=["Serbien"])


class Change(Form):
    """What a field is to say, in the notation of `quellenlage judge correct`, and the words marked for it."""

    field: str = Field(max_length=200)
    value: str
    spans: list[Marked] = []


class Told(Form):
    """A judgement, in short."""

    number: int
    kind: JudgementKind
    person: str
    note: str
    corrections: list[Change]


class Problem(Form):
    """Why there is no answer, and what to do. `changed` and `judgements` stand where somebody was quicker."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"error": "no claim is held that has the number 'x'"}]}
    )
    error: str
    mistakes: list[Mistake] | None = None
    changed: list[str] | None = None
    judgements: list[Told] | None = None


class ArticleName(Form):
    """What identifies an article."""

    id: str
    doc: str
    outlet: str | None
    published: str | None


class Words(Form):
    """The words that a field rests on; offsets count characters of the article's text."""

    field: str
    start: int
    end: int
    text: str
    rule: str | None = None


class HopForm(Form):
    """One station of a chain."""

    actor: str
    kind: HopKind
    name: str


class Amount(Form):
    """Money, as an interval with open ends."""

    low: float | None
    high: float | None
    currency: str | None
    words: str


class Transfer(Form):
    """A claim in the form of the contract."""

    supplier: list[str]
    recipient: list[str]
    item_classes: list[str]
    models: list[str]
    quantity: list[float | None] | None
    quantity_words: str | None
    approximate: bool
    quantity_item: str | None
    amount: Amount | None
    stage: Stage
    negated: bool
    returns: list[str] = Field(alias="return")
    sources: list[str]
    chains: list[list[HopForm]]
    hedged: bool
    denied_by: list[str]
    confirmed_by: list[str]
    no_comment_by: list[str]
    unverified_by: list[str]
    time: str | None
    confidence: float
    evidence: list[Words]


class ClaimForm(Transfer):
    """A claim with its article; `version` is its ETag without the quotation marks."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [CLAIM]})
    id: str
    version: str
    article: ArticleName
    verdict: Verdict | None
    judgements: list[int]


class Listed(Form):
    """A part of a list; `next` is the address of the part that follows, null at the end."""

    next: str | None = Field(examples=["/api/v1/claims?limit=100&after=2024-05-02~17"])


class Claims(Listed):
    """Claims, those of the latest articles first."""

    claims: list[ClaimForm]


class ArticleEntry(Form):
    """An article without its text."""

    id: str
    doc: str
    title: str | None
    outlet: str | None
    published: str | None
    updated: str | None
    dated_by: str | None
    url: str | None
    language: str | None
    authors: list[str]
    credits: list[str]
    paywalled: bool | None
    part_of: str | None


class Articles(Listed):
    """Articles, those that came into the ledger last first."""

    articles: list[ArticleEntry]


class ClaimsOfArticle(Form):
    """All claims of an article, as the export of claims writes them."""

    doc: str
    published: str | None
    dated_by: str | None
    outlet: str | None
    language: str | None
    reader: str | None
    transfers: list[Transfer]
    outlets_cited: list[str]


class ArticleForm(Form):
    """An article as the export of articles writes it, and its claims; `ids` are the claims' own, in their order."""

    article: dict[str, Any]
    claims: ClaimsOfArticle
    ids: list[str]


class Reason(Form):
    """What a grade rests on, and how many there are of it."""

    reason: str
    count: int


class DealForm(Form):
    """A deal: what its claims add up to, and how surely the surest of them was read."""

    id: str
    version: str
    confidence: float
    article_count: int
    claim_count: int
    supplier: list[str]
    recipient: list[str]
    item_classes: list[str]
    models: list[str]
    stage: Stage
    independent_origins: int
    possibly_more: bool
    origins: list[list[str]]
    confirmed_by: list[str]
    denied_by: list[str]
    no_comment_by: list[str]
    unverified_by: list[str]
    credibility: int = Field(ge=1, le=6)
    reasons: list[Reason]


class WholeDeal(DealForm):
    """A deal with its articles, by their ids and their docs, and its claims."""

    docs: list[str]
    articles: list[str]
    claims: list[str]


class Deals(Listed):
    """Deals, in the order that was asked for."""

    deals: list[DealForm]


class StoryForm(Form):
    """Articles about one news event, by their ids."""

    articles: list[str]


class Stories(Listed):
    """Stories, those that were told last first."""

    stories: list[StoryForm]


class PassageForm(Form):
    """A stretch that two articles share: its place in the original and in the copy."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


class CopyForm(Form):
    """Two articles that share text, by their ids; `reason` tells which of them is the original."""

    original: str
    copied_by: str
    share: float
    reason: CopyReason
    passages: list[PassageForm]


class Copies(Listed):
    """Shared text."""

    copies: list[CopyForm]


class FacetValue(Form):
    """A value, and how many claims have it."""

    value: str
    claims: int


class Facets(Form):
    """The values that claims have, those of most claims first; of a choice, those of its latest 2,000 claims."""

    facets: dict[str, list[FacetValue]]


class SnippetForm(Form):
    """A piece of the text; `marks` are where in it the words stand that were looked for."""

    text: str
    marks: list[tuple[int, int]]


class Found(Form):
    """An article that was found, and its claims."""

    article: ArticleEntry
    snippet: SnippetForm
    claims: list[ClaimForm]


class Hits(Listed):
    """What a search found; `count` is how many articles, `more`: at least so many."""

    hits: list[Found]
    count: int
    more: bool


class JudgedForm(Form):
    """A claim that was judged."""

    id: str
    article_id: str


class JudgementForm(Form):
    """A judgement: who decided what, and when."""

    number: int
    kind: JudgementKind
    person: str
    note: str
    claims: list[JudgedForm]
    others: list[JudgedForm]
    corrections: list[Change]
    made: str
    undone: str | None


class Judgements(Listed):
    """Judgements, the newest first."""

    judgements: list[JudgementForm]


class Decided(Form):
    """What became of a judgement: its number, and the claims that it is on as they are held now."""

    number: int = Field(examples=[12])
    claims: list[ClaimForm]
