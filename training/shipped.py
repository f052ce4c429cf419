"""The shipped model as a network that can learn on: its 8-bit weights as floats again.

Half an epoch evens out what the integers lost. With it a newsroom that has annotated articles of its own makes the
reader better in minutes, and articles that were added to the corpus need no run from the base.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from quellenlage.reader.model import ENCODER_FILE, LINKER_FILE
from training.base import base_encoder
from training.network import Network

Floats = NDArray[np.float32]


def shipped_network(folder: Path) -> Network:
    """The network whose integers lie in `folder`.

    Raises `ValueError` where the files are those of a network of another shape.
    """
    encoder = weights(folder / ENCODER_FILE)
    vocabulary = len(encoder["encoder.bert.embeddings.word_embeddings.weight"])
    network = Network(base_encoder(list(range(vocabulary))))
    own_names = {name.removeprefix("encoder."): values for name, values in encoder.items()}
    fill(network.encoder, own_names, folder / ENCODER_FILE)
    fill(network.linker, weights(folder / LINKER_FILE), folder / LINKER_FILE)
    return network


def weights(path: Path) -> dict[str, Floats]:
    """The weights of a model file by their names, in the order of their use, as PyTorch keeps them."""
    graph = onnx.load(path).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found: dict[str, Floats] = {}
    for name in (name for node in graph.node for name in node.input if name in kept):
        base = name.removesuffix("_quantized")
        if name.endswith(("_scale", "_zero_point")) or base in found:
            continue
        values = kept[name]
        if name != base:
            values = (values.astype(np.float32) - kept[f"{base}_zero_point"]) * kept[f"{base}_scale"]
        # A product's weights are transposed when they are exported, and not all of them keep their names.
        transposed = base.endswith("_Transposed") or (name != base and base.startswith("val_"))
        found[base.removesuffix("_Transposed")] = values.astype(np.float32).T if transposed else values
    return found


def fill(part: nn.Module, found: Mapping[str, Floats], path: Path) -> None:
    """Give a part of the network its weights, in place."""
    state = part.state_dict()
    nameless = [values for name, values in found.items() if name not in state and name.startswith("val_")]
    for name, wanted in state.items():
        values = found[name] if name in found else first_of_shape(nameless, wanted)
        if values is None or values.shape != tuple(wanted.shape):
            shape = tuple(wanted.shape)
            raise ValueError(f"{path} has no weights for {name} {shape}; make the model with `make model`")
        state[name] = torch.tensor(values, dtype=wanted.dtype)
    part.load_state_dict(state)


def first_of_shape(nameless: list[Floats], wanted: Tensor) -> Floats | None:
    """Take the first array of a shape out of a list; equal shapes are met in the order in which they are used."""
    for place, values in enumerate(nameless):
        if values.shape == tuple(wanted.shape):
            return nameless.pop(place)
    return None
