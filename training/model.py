"""The network: an encoder that marks spans, and a linker over the spans of a whole article.

Two steps, because links cross paragraphs and windows: the encoder reads windows of pieces; the linker is a small
transformer whose tokens are the article's spans, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertModel

from quellenlage.reader.knowledge import KINDS, LIKENESSES
from quellenlage.reader.schema import RELATIONS, SPAN_TYPES, STAGES, STANCES, TAG_COUNT, may_link

POSSIBLE = torch.tensor(
    [[[float(may_link(r, head, tail)) for tail in SPAN_TYPES] for head in SPAN_TYPES] for r in RELATIONS]
)
"""1 where a relation may run from a type to a type: [relations, types, types]."""
Scores = tuple[Tensor, Tensor, Tensor, Tensor]
"""Links [relations, n, n], stages [n, 8], negation [n] and stances [n, 7], all as logits."""
Looks = tuple[Tensor, Scores]
"""Links at first look, [relations, n, n], and all scores at the second."""
LINK_WIDTH = 256
PAIR_WIDTH = 48
MIX_WIDTH = 32
TOLD_WIDTH = 16
DISTANCE_EDGES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
DISTANCE_BUCKETS = 2 * (len(DISTANCE_EDGES) + 1) - 1
DISTANCES = 5
"""In pieces, spans, paragraphs, sentences, and spans of the other's type."""


class Encoder(nn.Module):
    """Windows of pieces to states and tag scores."""

    def __init__(self, bert: BertModel, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = bert
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(bert.config.hidden_size, TAG_COUNT)

    def forward(self, windows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """Windows of piece ids [pieces] each to states and tag scores, [all pieces, …] each."""
        embedded = torch.cat([self.bert.embeddings(input_ids=ids[None])[0] for ids in windows])
        states = through(self.bert.encoder.layer, embedded, [ids.shape[0] for ids in windows])
        return states, self.tags(self.dropout(states))


def through(layers: nn.ModuleList, states: Tensor, lengths: Sequence[int]) -> Tensor:
    """States [all pieces, hidden] of windows laid end to end, through some layers of a BERT.

    All but the attention treats every piece by itself, so the windows need no padding, and large products are half as
    fast again on a processor as one window after another.
    """
    for layer in layers:
        attention = layer.attention.self
        heads = attention.num_attention_heads
        whole = [
            projection(states).view(states.shape[0], heads, -1).transpose(0, 1)
            for projection in (attention.query, attention.key, attention.value)
        ]
        # An exported split would fix the length of the one window.
        parts = [[one] for one in whole] if len(lengths) == 1 else [one.split(list(lengths), dim=1) for one in whole]
        mixed = [attended_values(query, key, value) for query, key, value in zip(*parts, strict=True)]
        attended = layer.attention.output(torch.cat(mixed, dim=1).transpose(0, 1).reshape(states.shape), states)
        states = layer.output(layer.intermediate(attended), attended)
    return states


def attended_values(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Attention of one window; all are [heads, pieces, width].

    Written out, because PyTorch's own takes twice as long on a processor with 16-bit floats, backwards above all.
    """
    scores = query @ key.transpose(1, 2) * query.shape[-1] ** -0.5
    return scores.softmax(-1) @ value


def buckets(differences: Tensor) -> Tensor:
    """Signed distances, of any shape, as bucket numbers of the same shape."""
    edges = torch.tensor(DISTANCE_EDGES, device=differences.device)
    size = (differences.abs()[..., None] >= edges).sum(-1)
    return torch.where(differences < 0, -size, size) + len(DISTANCE_EDGES)


def distances(types: Tensor, places: Tensor, paragraphs: Tensor, sentences: Tensor) -> Tensor:
    """How far all spans [n] stand from one another, as bucket numbers [`DISTANCES`, n, n].

    The last says of a span before or behind the how manieth of its type it is, seen from the other.
    """
    order = torch.cumsum(torch.ones_like(places), 0)
    between = [numbers[None, :] - numbers[:, None] for numbers in (places, order, paragraphs, sentences)]
    of_type = F.one_hot(types, len(SPAN_TYPES)).float()
    earlier = of_type.cumsum(0) - of_type
    rank = (earlier * of_type).sum(-1)[None, :] - earlier @ of_type.T
    return buckets(torch.stack([*between, rank.round().long()]))


class Nearness(nn.Module):
    """What distances say for each of some scores: a learnt number a bucket."""

    def __init__(self, scores: int) -> None:
        super().__init__()
        self.kinds = nn.ModuleList(nn.Embedding(DISTANCE_BUCKETS, scores) for _ in range(DISTANCES))

    def forward(self, apart: Tensor) -> Tensor:
        """Bucket numbers [`DISTANCES`, n, n] to scores [n, n, scores]."""
        total = self.kinds[0](apart[0])
        for number in range(1, DISTANCES):
            total = total + self.kinds[number](apart[number])
        return total


class Linker(nn.Module):
    """Spans of one article to link scores, stages, negation and stances."""

    def __init__(self, hidden: int, dropout: float = 0.2, layers: int = 2) -> None:
        super().__init__()
        self.entry = nn.Linear(3 * hidden, LINK_WIDTH)
        self.types = nn.Embedding(len(SPAN_TYPES), LINK_WIDTH)
        self.kinds = nn.Embedding(len(KINDS), LINK_WIDTH)
        self.norm = nn.LayerNorm(LINK_WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(SpanLayer(dropout) for _ in range(layers))
        relations = len(RELATIONS)
        self.heads = nn.Linear(LINK_WIDTH, relations * PAIR_WIDTH)
        self.tails = nn.Linear(LINK_WIDTH, relations * PAIR_WIDTH)
        self.head_bias = nn.Linear(LINK_WIDTH, relations)
        self.tail_bias = nn.Linear(LINK_WIDTH, relations)
        self.near = Nearness(relations)
        self.alike = nn.Linear(LIKENESSES, relations, bias=False)
        self.mixed_head = nn.Linear(LINK_WIDTH, MIX_WIDTH)
        self.mixed_tail = nn.Linear(LINK_WIDTH, MIX_WIDTH)
        self.mixed_near = Nearness(MIX_WIDTH)
        self.mixed_alike = nn.Linear(LIKENESSES, MIX_WIDTH, bias=False)
        self.mixed = nn.Linear(MIX_WIDTH, relations)
        self.told = Told()
        self.second = SpanLayer(dropout)
        self.stage = nn.Linear(LINK_WIDTH, len(STAGES))
        self.negated = nn.Linear(LINK_WIDTH, 1)
        self.stance = nn.Linear(LINK_WIDTH, len(STANCES))

    def forward(
        self,
        spans: Tensor,
        types: Tensor,
        kinds: Tensor,
        places: Tensor,
        paragraphs: Tensor,
        sentences: Tensor,
        alike: Tensor,
    ) -> Scores:
        """Score all spans of one article together.

        `spans` [n, 3 * hidden] are the states of the first and the last piece and the mean of all; `types`, `kinds`,
        `places` (first piece), `paragraphs` and `sentences` are [n]; `alike` is [n, n, likenesses]. Returns links
        [relations, n, n] (head, tail), stages [n, 8], negation [n] and stances [n, 7], all as logits.
        """
        return self.looks(spans, types, kinds, places, paragraphs, sentences, alike)[1]

    def looks(self, *inputs: Tensor) -> Looks:
        """The links at first look, and all scores at the second, which knows what seemed to be linked at the first.

        The inputs are those of `forward`.
        """
        spans, types, kinds, places, paragraphs, sentences, alike = inputs
        apart = distances(types, places, paragraphs, sentences)
        x = self.norm(self.dropout(self.entry(spans)) + self.types(types) + self.kinds(kinds))
        for layer in self.layers:
            x = layer(x, apart, alike)
        by_both = self.by_both(x, apart, alike).permute(2, 0, 1)
        first = self.by_product(x) + by_both
        likely = first.sigmoid() * POSSIBLE[:, types][:, :, types]
        x = self.second(x + self.dropout(self.told(x, likely)), apart, alike)
        links = self.by_product(x) + by_both
        return first, (links, self.stage(x), self.negated(x).squeeze(-1), self.stance(x))

    def by_product(self, x: Tensor) -> Tensor:
        """What each head and each tail [n, width] say for a link, and the product of both: [relations, n, n]."""
        relations = len(RELATIONS)
        heads = self.heads(x).view(-1, relations, PAIR_WIDTH).transpose(0, 1)
        tails = self.tails(x).view(-1, relations, PAIR_WIDTH).transpose(0, 1)
        links = heads @ tails.transpose(1, 2) / PAIR_WIDTH**0.5
        return links + self.head_bias(x).T[:, :, None] + self.tail_bias(x).T[:, None, :]

    def by_both(self, x: Tensor, apart: Tensor, alike: Tensor) -> Tensor:
        """What place and likeness say for a link, by themselves and with head and tail: [n, n, relations]."""
        mixed = self.mixed_head(x)[:, None] + self.mixed_tail(x)[None] + self.mixed_near(apart)
        mixed = F.gelu(mixed + self.mixed_alike(alike))
        return self.near(apart) + self.alike(alike) + self.mixed(self.dropout(mixed))


class Told(nn.Module):
    """What spans [n, width] are told by those to which they seem to be linked, [n, width]."""

    def __init__(self) -> None:
        super().__init__()
        relations = len(RELATIONS)
        self.by_tails = nn.Linear(LINK_WIDTH, relations * TOLD_WIDTH)
        self.by_heads = nn.Linear(LINK_WIDTH, relations * TOLD_WIDTH)
        self.out = nn.Linear(2 * relations * TOLD_WIDTH, LINK_WIDTH)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor, likely: Tensor) -> Tensor:
        """`likely` [relations, n, n] are the probabilities of links."""
        relations = len(RELATIONS)
        tails = self.by_tails(x).view(-1, relations, TOLD_WIDTH).transpose(0, 1)
        heads = self.by_heads(x).view(-1, relations, TOLD_WIDTH).transpose(0, 1)
        to_heads = likely @ tails / (1.0 + likely.sum(2, keepdim=True))
        to_tails = likely.transpose(1, 2) @ heads / (1.0 + likely.sum(1)[..., None])
        told = torch.cat([to_heads, to_tails]).transpose(0, 1).reshape(x.shape[0], -1)
        return self.out(told)


class SpanLayer(nn.Module):
    """One layer of self-attention over spans, biased by how far they stand apart and how alike they are."""

    def __init__(self, dropout: float, heads: int = 8) -> None:
        super().__init__()
        self.count = heads
        self.width = LINK_WIDTH // heads
        self.project = nn.Linear(LINK_WIDTH, 3 * LINK_WIDTH)
        self.near = Nearness(heads)
        self.alike = nn.Linear(LIKENESSES, heads, bias=False)
        self.out = nn.Linear(LINK_WIDTH, LINK_WIDTH)
        self.first_norm = nn.LayerNorm(LINK_WIDTH)
        self.second_norm = nn.LayerNorm(LINK_WIDTH)
        self.feed = nn.Sequential(
            nn.Linear(LINK_WIDTH, 2 * LINK_WIDTH), nn.GELU(), nn.Linear(2 * LINK_WIDTH, LINK_WIDTH)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, apart: Tensor, alike: Tensor) -> Tensor:
        """`x` [n, width], distance buckets [`DISTANCES`, n, n] and likenesses [n, n, k]; returns [n, width]."""
        query, key, value = self.project(self.first_norm(x)).view(-1, 3, self.count, self.width).permute(1, 2, 0, 3)
        scores = query @ key.transpose(1, 2) / self.width**0.5 + (self.near(apart) + self.alike(alike)).permute(2, 0, 1)
        mixed = (scores.softmax(-1) @ value).transpose(0, 1).reshape(-1, LINK_WIDTH)
        x = x + self.dropout(self.out(mixed))
        return x + self.dropout(self.feed(self.second_norm(x)))


def span_states(states: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """States [pieces, hidden] to spans [n, 3 * hidden]: first piece, last piece, mean from first to last."""
    summed = torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)])
    mean = (summed[last + 1] - summed[first]) / (last - first + 1)[:, None]
    return torch.cat([states[first], states[last], mean], dim=1)
