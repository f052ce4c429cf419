"""Deals, stories and the reasons of the weighing, as a person wants to read them in a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from quellenlage.domain import Article, Claim, Stage
from quellenlage.steps import Weighed
from quellenlage.terminal.ledgers import ANSWER_STYLES, STAGE_STYLES, answers, goods, parties, stage
from quellenlage.terminal.texts import Texts
from quellenlage.weigh.changes import Change, ChangeKind
from quellenlage.weigh.contradictions import Contradiction, ContradictionKind, Side
from quellenlage.weigh.copies import Copy, shares_of
from quellenlage.weigh.deals import compared, in_force
from quellenlage.weigh.drift import Drift, DriftKind
from quellenlage.weigh.lines import lines_of
from quellenlage.weigh.origins import roots_of, tie
from quellenlage.weigh.standing import ANSWERS, Answer, Standing
from quellenlage.weigh.stories import Story, join_of
from quellenlage.weigh.tree import Node, trees_of
from quellenlage.weigh.weighing import Deal


def deals_table(deals: Sequence[Deal], texts: Texts) -> Table:
    """Deals as rows, in the order given."""
    count = len({article for deal in deals for article in deal.articles})
    table = Table(
        title=texts.say(
            "deals_title", deals=texts.counted("deals", len(deals)), articles=texts.counted("articles", count)
        ),
        caption=texts.say("ledger_note"),
        box=box.SIMPLE_HEAD,
    )
    for key in ("deal", "stage", "independent", "grade"):
        table.add_column(texts.say(key), overflow="fold", vertical="top")
    for deal in deals:
        head = Text(f"{parties(deal.supplier, texts)} → {parties(deal.recipient, texts)}\n", style="bold")
        head.append(", ".join(map(texts.labels.item_class, deal.item_classes)), style="not bold")
        head.append(f" ({', '.join(deal.models)})" if deal.models else "", style="not bold")
        head.append(f"\n{deal.id}", style="not bold dim")
        told = Text(texts.labels.stage(deal.standing.stage), style=STAGE_STYLES[deal.standing.stage])
        table.add_row(head, told, independent(deal.standing, len(deal.articles), texts), str(deal.standing.grade.value))
    return table


def independent(standing: Standing, articles: int, texts: Texts) -> Text:
    """How many independent origins there are in how many articles, and who answers, a line each."""
    more = "+" if any(origin.possibly_more for origin in standing.origins) else ""
    told = Text(
        texts.say(
            "origins_in_articles",
            origins=f"{len(standing.origins)}{more}",
            articles=texts.counted("articles_dative", articles),
        )
    )
    for field in ANSWERS:
        who: tuple[Answer, ...] = getattr(standing, field)
        if who:
            told.append(f"\n{texts.say('field_' + field)} ", style=ANSWER_STYLES[field])
            told.append(", ".join(texts.labels.actor(answer.actor) for answer in who))
    return told


def deal_view(deal: Deal, weighed: Weighed, texts: Texts) -> RenderableType:
    """All of one deal: its standing, the tree of its origins, the timeline, contradictions, drift, and the words."""
    claims = weighed.timeline(deal)
    parts: list[RenderableType] = [Text(sentence(deal, texts), style="bold"), Text(deal.id, style="dim"), Text()]
    parts += [origins_tree(deal, claims, weighed, texts), Text(), graded(deal.standing, texts), Text()]
    parts += [Rule(texts.say("timeline"), align="left", style="dim"), timeline(claims, weighed.articles, texts)]
    if len(deal.standing.history) > 1:
        parts += [Rule(texts.say("history"), align="left", style="dim"), history(deal.standing, texts)]
    if deal.contradictions:
        parts.append(Rule(texts.say("contradictions"), align="left", style="dim"))
        parts += [contradiction(one, weighed, texts) for one in deal.contradictions]
    if deal.drifts:
        parts.append(Rule(texts.say("drift"), align="left", style="dim"))
        parts += [drift(one, weighed, texts) for one in deal.drifts]
    return Group(*parts)


def sentence(deal: Deal, texts: Texts) -> str:
    """The standing in one sentence, made of the deal's fields alone."""
    standing = deal.standing
    say = texts.say(
        "standing",
        stage=texts.labels.stage(standing.stage),
        goods=", ".join(map(texts.labels.item_class, deal.item_classes)),
        supplier=parties(deal.supplier, texts),
        recipient=parties(deal.recipient, texts),
        origins=texts.counted("independent_origins", len(standing.origins)),
    )
    for field in ANSWERS:
        who: tuple[Answer, ...] = getattr(standing, field)
        if who:
            say += f"; {texts.say('field_' + field)} {', '.join(texts.labels.actor(answer.actor) for answer in who)}"
    return f"{say}."


def origins_tree(deal: Deal, claims: Sequence[Claim], weighed: Weighed, texts: Texts) -> Tree:
    """Who said it first, and who passed it on to whom, down to the articles."""
    tree = Tree(Text(texts.say("origins_heading"), style="bold"))
    for node in trees_of(deal.standing.origins, lines_of(claims, weighed.weighing.settings)):
        _grow(tree, node, weighed.articles, texts)
    return tree


def _grow(tree: Tree, node: Node, articles: Mapping[str, Article], texts: Texts) -> None:
    names = ", ".join(map(texts.labels.actor, node.actors))
    branch = tree.add(Text(f"{names} ({texts.say('possibly_more')})" if node.possibly_more else names))
    for taker in node.takers:
        _grow(branch, taker, articles, texts)
    for id in node.articles:
        branch.add(Text(_article(articles[id], texts), style="cyan"))


def graded(standing: Standing, texts: Texts) -> Text:
    """The grade, and what it rests on."""
    reasons = [texts.say(f"grade_{reason.value}", count=count) for reason, count in standing.grade.reasons]
    told = Text(texts.say("graded", value=standing.grade.value, name=texts.say(f"grade_{standing.grade.value}")))
    return told.append(f" ({'; '.join(reasons)})", style="dim")


def timeline(claims: Sequence[Claim], articles: Mapping[str, Article], texts: Texts) -> Table:
    """Claims in the order given, each with its stage, what it counts and who answers."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for claim in claims:
        article = articles[claim.article_id]
        what = Text(goods(claim, texts))
        if claim.quantity:
            what.append(f"\n{texts.labels.quantity(claim.quantity)}", style="dim")
        words = next((entry.text for entry in claim.evidence if entry.field == "stage"), "")
        table.add_row(
            _date(article, texts),
            Text(article.outlet or article.doc),
            stage(claim, texts),
            what,
            Text(texts.say("quoted", words=words)),
            answers(claim, texts),
        )
    return table


def history(standing: Standing, texts: Texts) -> Table:
    """How the standing changed."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for moment in standing.history:
        table.add_row(
            texts.labels.date(moment.day),
            Text(texts.labels.stage(moment.stage), style=STAGE_STYLES[moment.stage]),
            texts.counted("independent_origins", moment.origins),
            texts.say("graded", value=moment.grade, name=texts.say(f"grade_{moment.grade}")),
        )
    return table


def contradiction(one: Contradiction, weighed: Weighed, texts: Texts) -> RenderableType:
    """Both sides, each with its words."""
    told = Text(texts.say(f"contradiction_{one.kind.value}"), style="red")
    if one.times > 1:
        told.append(f" ({texts.say('times', count=one.times)})", style="dim")
    sides = (_side(one.kind, side, weighed, texts) for side in (one.one, one.other))
    return Group(told, *(Padding(side, (0, 2)) for side in sides))


def _side(kind: ContradictionKind, side: Side, weighed: Weighed, texts: Texts) -> Text:
    article = weighed.articles[weighed.claims[side.claim].article_id]
    quoted = f" {texts.say('quoted', words=side.words)}" if side.words else ""
    return Text(f"{_article(article, texts)}: {said(kind, side, texts)}{quoted}")


def said(kind: ContradictionKind, side: Side, texts: Texts) -> str:
    """What a side says, in words for people."""
    *negation, value = side.says or ("",)
    if kind is ContradictionKind.QUANTITY:
        return value
    if value in set(Stage):
        name = texts.labels.stage(Stage(value))
        return texts.say("negated", stage=name) if negation else name
    return ", ".join(map(texts.labels.actor, side.says))


def drift(one: Drift, weighed: Weighed, texts: Texts) -> Text:
    """What changed from which article to which."""
    source, taker = (_article(weighed.articles[id], texts) for id in (one.source_article, one.taker_article))
    name = {DriftKind.STAGE_MOVED: lambda v: texts.labels.stage(Stage(v)), DriftKind.ORIGIN_DROPPED: texts.labels.actor}
    before, after = (", ".join(map(name.get(one.kind, str), values)) for values in (one.before, one.after))
    change = " → ".join(filter(None, (before, after)))
    told = Text(texts.say(f"drift_{one.kind.value}"), style="yellow")
    return told.append(f"{f' ({change})' if change else ''}: {source} → {taker}")


def changed_line(change: Change, texts: Texts) -> str:
    """A deal that is new, gone or different, in one line."""
    if change.kind is not ChangeKind.CHANGED:
        return texts.say(f"weighed_{change.kind.value}", deal=change.deal, after=change.after)
    before, after = (_value(change.field, value, texts) for value in (change.before, change.after))
    field = texts.say(f"changed_{change.field}")
    return texts.say("weighed_changed", deal=change.deal, field=field, before=before, after=after)


def _value(field: str, value: Any, texts: Texts) -> str:
    if isinstance(value, list):
        return ", ".join(map(texts.labels.actor, value)) or "–"
    return texts.labels.stage(Stage(value)) if field == "stage" else str(value)


def story_view(story: Story, weighed: Weighed, texts: Texts) -> RenderableType:
    """The articles of a story in order of time, who copied whom, and what joins them."""
    members = set(story.articles)
    ordered = sorted((weighed.articles[id] for id in members), key=lambda a: (a.published or "9", a.id))
    parts: list[RenderableType] = [
        Text(texts.say("story_title", articles=texts.counted("articles", len(ordered))), style="bold"),
        Text(),
    ]
    copies = defaultdict(list)
    for copy in weighed.weighing.copies:
        if copy.copy in members:
            copies[copy.copy].append(copy)
    for article in ordered:
        parts.append(Text(f"{_article(article, texts)}  {article.title or article.doc}"))
        parts += [Padding(_copied(copy, weighed, texts), (0, 4)) for copy in copies[article.id]]
    if story.joins:
        parts += [Text(), Rule(texts.say("joined_by"), align="left", style="dim")]
        for join in story.joins:
            one, other = (weighed.articles[id].doc for id in (join.one, join.other))
            days = (
                texts.say("days_apart", days=texts.counted("days", join.days))
                if join.days is not None
                else texts.say("undated_pair")
            )
            words = ", ".join(join.shared_words)
            parts.append(Text(f"{one} + {other}: {join.score:.2f} ({days}; {words})"))
    return Group(*parts)


def _copied(copy: Copy, weighed: Weighed, texts: Texts) -> Text:
    original = _article(weighed.articles[copy.original], texts)
    reason = texts.say(f"copy_{copy.reason.value}")
    return Text(texts.say("copied", original=original, share=f"{copy.share:.0%}", reason=reason), style="dim")


def why_claims(one: Claim, other: Claim, weighed: Weighed, texts: Texts) -> RenderableType:
    """Why two claims are of one deal or of two, and whether they have the same origin."""
    settings = weighed.weighing.settings
    comparison = compared(one, other, settings)
    deals = {claim: deal.id for deal in weighed.weighing.deals for claim in deal.claims}
    same = deals[one.id] == deals[other.id]
    parts: list[RenderableType] = [
        Text(texts.say("same_deal" if same else "two_deals", one=deals[one.id], other=deals[other.id]), style="bold")
    ]
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    together, apart = in_force(weighed.judged, frozenset(weighed.claims))
    if any({one.id, other.id} <= group for group in together) or frozenset((one.id, other.id)) in apart:
        parts.append(Text(texts.say("judged_so"), style="yellow"))
    for name, weight in comparison.parts:
        table.add_row(texts.say(f"part_{name}"), f"{weight:+.1f}")
    table.add_row(texts.say("part_sum"), f"{comparison.score:+.1f}")
    parts.append(table)
    claims = [weighed.claims[id] for deal in weighed.weighing.deals if one.id in deal.claims for id in deal.claims]
    lines = lines_of([*claims, *(() if same else (other,))], settings)
    roots = roots_of(lines, shares_of(weighed.weighing.copies))
    for mine in (line for line in lines if line.claim == one.id):
        for theirs in (line for line in lines if line.claim == other.id):
            found = tie(mine, theirs, roots)
            names = [texts.labels.actor(actor) for actor in found.actors]
            parts.append(Text(texts.say(f"tie_{found.reason.value}", one=names[0], other=names[-1])))
    return Group(*parts)


def why_articles(one: Article, other: Article, weighed: Weighed, texts: Texts) -> RenderableType:
    """Why two articles are of one story or of two, and what text they share."""
    claims = defaultdict(list)
    for claim in weighed.claims.values():
        claims[claim.article_id].append(claim)
    join = join_of(one, other, claims, weighed.weighing.copies)
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    for name, weight in (
        ("words", join.words),
        ("parties", join.parties),
        ("source", join.source),
        ("goods", join.goods),
        ("apart", -join.apart),
    ):
        if weight:
            table.add_row(texts.say(f"join_{name}"), f"{weight:+.2f}")
    table.add_row(texts.say("part_sum"), f"{join.score:+.2f}")
    shared = texts.say("shared_words", words=", ".join(join.shared_words))
    parts: list[RenderableType] = [
        Text(texts.say("same_story" if join.holds else "no_join", one=one.doc, other=other.doc), style="bold"),
        table,
        Text(shared, style="dim"),
    ]
    parts += [
        _copied(copy, weighed, texts)
        for copy in weighed.weighing.copies
        if {copy.original, copy.copy} == {one.id, other.id}
    ]
    return Group(*parts)


def _article(article: Article, texts: Texts) -> str:
    return f"{article.outlet or article.doc}, {_date(article, texts)}"


def _date(article: Article, texts: Texts) -> str:
    return texts.labels.date(article.published) if article.published else texts.say("no_date")
