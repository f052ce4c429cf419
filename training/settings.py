"""What a training run depends on besides the corpus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The settings of a run; as they stand here, of one from the base.

    The rates rise during the first part `warm_up` of the `epochs` and then fall towards nothing at their end.

    After the first `plain_epochs` the share `exchanged_often` of the articles is shown with the share
    `exchanged_share` of their names, models, numbers and dates exchanged, and the share `hidden_pieces` of all pieces
    is unknown.
    """

    epochs: int = 5
    plain_epochs: int = 1
    exchanged_often: float = 0.5
    exchanged_share: float = 0.8
    hidden_pieces: float = 0.06
    articles_a_step: int = 2
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.03
    weight_decay: float = 0.01
    averaging: float = 0.995
    class_weight: float = 4.0
    mistakes_from_epoch: int = 2
    evaluate_every: int = 3
    seed: int = 20221105


GOING_ON = Settings(epochs=2, plain_epochs=0, encoder_rate=1e-4, head_rate=5e-4, mistakes_from_epoch=0)
"""The settings of a run that goes on from the shipped model."""
