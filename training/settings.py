"""What a training run depends on besides the corpus."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Settings:
    """The settings of a run.

    The rates rise during the first part `warm_up` of the `epochs` and then fall towards nothing at their end. Then some
    linkers learn alone, from the articles and from `exchanged_copies` of each.

    From the second epoch on the share `exchanged_often` of the articles is shown with the share `exchanged_share` of
    their names, models, numbers and dates exchanged, and the share `hidden_pieces` of all pieces is unknown.
    """

    epochs: int = 5
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
    exchanged_copies: int = 0
    linkers: int = 0
    linker_epochs: int = 3
    linker_rate: float = 3e-4
    linker_articles_a_step: int = 8
    long_articles_a_step: int = 4
    seed: int = 20221105

    @property
    def together(self) -> dict[str, float]:
        """The settings on which encoder and linker depend before linkers learn alone."""
        alone = ("exchanged_copies", "linker", "long_articles")
        return {name: value for name, value in asdict(self).items() if not name.startswith(alone)}
