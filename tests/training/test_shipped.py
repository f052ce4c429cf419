"""The shipped model can learn on: as floats it says what its integers say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch: make test-training")
pytest.importorskip("transformers", reason="needs the training extra: make test-training")

from quellenlage.domain import Article  # noqa: E402
from quellenlage.reader import ModelReader  # noqa: E402
from quellenlage.reader.model import ENCODER_FILE, load, packaged_model  # noqa: E402
from training.shipped import fill, shipped_network, weights  # noqa: E402

SENTENCE = "Prag will laut einem Bericht des Senders CT zwölf Haubitzen an Kiew liefern."


def test_floats_mark_what_the_integers_mark() -> None:
    model = load(threads=1)
    ids = np.array(model.tokenizer.encode(SENTENCE, add_special_tokens=False).ids)
    with torch.inference_mode():
        states, tags = shipped_network(packaged_model()).eval().encoder([torch.from_numpy(ids)])
    own_states, own_tags = model.encode(ids)
    assert (tags.numpy().argmax(-1) == own_tags.argmax(-1)).all()
    assert np.corrcoef(states.numpy().ravel(), own_states.ravel())[0, 1] > 0.97


def test_floats_link_what_the_integers_link() -> None:
    model = load(threads=1)
    asked: list[tuple[np.ndarray, ...]] = []
    reader = ModelReader(model)
    inner = model.link

    def remember(*inputs: np.ndarray) -> tuple[np.ndarray, ...]:
        asked.append(inputs)
        return inner(*inputs)

    object.__setattr__(model, "link", remember)
    reader.read(Article("a", "a", SENTENCE))
    with torch.inference_mode():
        links, stages, _, stances = shipped_network(packaged_model()).eval().linker(*map(torch.from_numpy, asked[0]))
    own_links, own_stages, _, own_stances = inner(*asked[0])
    assert np.corrcoef(links.numpy().ravel(), own_links.ravel())[0, 1] > 0.97
    assert (stages.numpy().argmax(-1) == own_stages.argmax(-1)).all()
    assert (stances.numpy().argmax(-1) == own_stances.argmax(-1)).all()


def test_weights_of_another_shape_are_refused() -> None:
    path = packaged_model() / ENCODER_FILE
    with pytest.raises(ValueError, match="has no weights for"):
        fill(torch.nn.Linear(3, 5), weights(path), Path(path))
