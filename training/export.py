"""The trained network as the ONNX files that the package ships, in 8-bit integers."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from quellenlage.reader.knowledge import LIKENESSES
from quellenlage.reader.model import ENCODER_FILE, LINKER_FILE, TOKENIZER_FILE
from training.model import Encoder
from training.network import Network

OPSET = 20


class OneWindow(nn.Module):
    """The encoder as reading calls it: one window at a time, nothing padded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """`ids` [1, pieces] → states [1, pieces, hidden] and tag scores [1, pieces, tags]."""
        states, tags = self.encoder([ids[0]])
        return states[None], tags[None]


def export(network: Network, tokenizer: Tokenizer, folder: Path, version: str) -> None:
    """Write `encoder.onnx` and `linker.onnx` in 8-bit integers, and the tokeniser, to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        full = Path(temporary)
        export_full(network, full)
        quantise_encoder(full / ENCODER_FILE, folder / ENCODER_FILE)
        quantise_linker(full / LINKER_FILE, folder / LINKER_FILE)
    for name in (ENCODER_FILE, LINKER_FILE):
        forget_origin(folder / name)
    mark(folder / ENCODER_FILE, version)
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)


def export_full(network: Network, folder: Path) -> None:
    """Write both parts of a network in 32-bit floats."""
    network.eval()
    hidden = network.encoder.bert.config.hidden_size
    pieces = torch.export.Dim("pieces", min=2, max=512)
    spans = torch.export.Dim("spans", min=2, max=4096)
    # Each input is a tensor of its own: the exporter takes one that is given twice for one input.
    inputs = {
        "spans": torch.randn(5, 3 * hidden),
        "types": torch.zeros(5, dtype=torch.long),
        "kinds": torch.zeros(5, dtype=torch.long),
        "places": torch.arange(5) * 3,
        "paragraphs": torch.zeros(5, dtype=torch.long),
        "sentences": torch.zeros(5, dtype=torch.long),
        "alike": torch.zeros(5, 5, LIKENESSES),
    }
    torch.onnx.export(
        OneWindow(network.encoder),
        (torch.arange(4, 16)[None],),
        folder / ENCODER_FILE,
        input_names=["ids"],
        output_names=["states", "tags"],
        dynamic_shapes={"ids": {1: pieces}},
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
    )
    torch.onnx.export(
        network.linker,
        tuple(inputs.values()),
        folder / LINKER_FILE,
        input_names=list(inputs),
        output_names=["links", "stages", "negated", "stances"],
        dynamic_shapes={name: {0: spans, 1: spans} if name == "alike" else {0: spans} for name in inputs},
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
    )


def quantise_encoder(full: Path, small: Path) -> None:
    """Turn the weights of the encoder into 8-bit integers, a scale a channel, and embeddings, a scale for all.

    Unsigned ones: their products with unsigned inputs keep all 8 bits on processors without VNNI instructions, and are
    the fastest there (docs/quality.md).
    """
    with TemporaryDirectory() as temporary:
        products = Path(temporary) / full.name
        quantize_dynamic(
            full, products, per_channel=True, weight_type=QuantType.QUInt8, op_types_to_quantize=["MatMul"]
        )
        quantize_dynamic(products, small, weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])


def quantise_linker(full: Path, small: Path) -> None:
    """Turn the weights of the linker into 8-bit integers, a scale a channel."""
    quantize_dynamic(
        full,
        small,
        per_channel=True,
        # The full range overflows the 16-bit sums of processors without VNNI instructions.
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )


def mark(path: Path, version: str) -> None:
    """Write the version of the reader into a model file, from which reading takes it."""
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"reader": version})
    onnx.save(model, path)


def forget_origin(path: Path) -> None:
    """Take out of a model file what the exporter noted of the code and the machine that it ran on."""
    model = onnx.load(path)
    graph = model.graph
    for part in (graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    for function in model.functions:
        for part in (function, *function.node, *function.value_info):
            del part.metadata_props[:]
            part.doc_string = ""
    onnx.save(model, path)
