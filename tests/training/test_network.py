"""What a network is told of its mistakes."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch: make test-training")
pytest.importorskip("transformers", reason="needs the training extra: make test-training")

from training.network import filler_loss  # noqa: E402

POSSIBLE = torch.tensor([[0.0, 1.0, 1.0, 1.0], [0.0] * 4, [0.0] * 4, [0.0] * 4])


def wanted(*tails: int) -> torch.Tensor:
    links = torch.zeros(4, 4)
    links[0, list(tails)] = 1.0
    return links


def loss(tails: tuple[int, ...], *scores: float) -> float:
    given = torch.zeros(4, 4)
    given[0, 1:] = torch.tensor(scores)
    return float(filler_loss(given, wanted(*tails), POSSIBLE))


def test_who_fills_a_role_should_outweigh_all_others_and_nobody() -> None:
    assert loss((1,), 9, -9, -9) < 0.01
    assert loss((1,), 9, 9, -9) == pytest.approx(math.log(2), abs=0.01)
    assert loss((1,), -9, -9, -9) > 8


def test_which_mention_of_the_filler_is_found_does_not_matter() -> None:
    assert loss((1, 2), 9, -9, -9) == pytest.approx(loss((1, 2), -9, 9, -9), abs=1e-3)


def test_a_role_that_nobody_fills_should_be_left_open() -> None:
    assert loss((), -9, -9, -9) < 0.01
    assert loss((), 9, -9, -9) > 8


def test_spans_that_cannot_fill_the_role_do_not_count() -> None:
    given = torch.zeros(4, 4)
    given[0, 0] = given[1:] = 30.0
    given[0, 1] = 9.0
    assert float(filler_loss(given, wanted(1), POSSIBLE)) < 0.01
