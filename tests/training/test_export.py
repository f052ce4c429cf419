"""A network says the same in PyTorch and as ONNX files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch: make test-training")
pytest.importorskip("transformers", reason="needs the training extra: make test-training")

import onnxruntime  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

from quellenlage.reader.knowledge import KINDS, LIKENESSES  # noqa: E402
from quellenlage.reader.model import ENCODER_FILE, LINKER_FILE  # noqa: E402
from quellenlage.reader.schema import SPAN_TYPES  # noqa: E402
from training.export import export_full, quantise_encoder  # noqa: E402
from training.network import Network  # noqa: E402

HIDDEN = 32


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=50, hidden_size=HIDDEN, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    return Network(BertModel(config, add_pooling_layer=False)).eval()


@pytest.fixture(scope="module")
def folder(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    export_full(network, folder)
    return folder


@pytest.mark.parametrize("length", [2, 17, 321])
def test_the_encoder_agrees(network: Network, folder: Path, length: int) -> None:
    ids = torch.randint(0, 50, (1, length))
    with torch.no_grad():
        wanted = network.encoder([ids[0]])
    found = onnxruntime.InferenceSession(folder / ENCODER_FILE).run(None, {"ids": ids.numpy()})
    for mine, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(mine[0], theirs.numpy(), atol=1e-4)


@pytest.mark.parametrize("count", [2, 9, 120])
def test_the_linker_agrees(network: Network, folder: Path, count: int) -> None:
    inputs = {
        "spans": torch.randn(count, 3 * HIDDEN),
        "types": torch.randint(0, len(SPAN_TYPES), (count,)),
        "kinds": torch.randint(0, len(KINDS), (count,)),
        "places": torch.sort(torch.randint(0, 900, (count,))).values,
        "paragraphs": torch.sort(torch.randint(0, 20, (count,))).values,
        "sentences": torch.sort(torch.randint(0, 60, (count,))).values,
        "alike": torch.randint(0, 2, (count, count, LIKENESSES)).float(),
    }
    with torch.no_grad():
        wanted = network.linker(*inputs.values())
    session = onnxruntime.InferenceSession(folder / LINKER_FILE)
    found = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    for mine, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), atol=1e-4)


def test_eight_bit_integers_change_little(network: Network, folder: Path, tmp_path: Path) -> None:
    quantise_encoder(folder / ENCODER_FILE, tmp_path / ENCODER_FILE)
    ids = torch.randint(0, 50, (1, 40))
    with torch.no_grad():
        _, wanted = network.encoder([ids[0]])
    _, found = onnxruntime.InferenceSession(tmp_path / ENCODER_FILE).run(None, {"ids": ids.numpy()})
    assert np.abs(found - wanted.numpy()).mean() < 0.05 * wanted.abs().mean().item() + 0.02
