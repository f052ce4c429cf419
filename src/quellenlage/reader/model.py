"""The model on disk and in memory: two ONNX sessions, a tokeniser, and what its probabilities are worth."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quellenlage.calibration import Calibration

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

ENCODER_FILE = "encoder.onnx"
LINKER_FILE = "linker.onnx"
TOKENIZER_FILE = "tokenizer.json"
CALIBRATION_FILE = "calibration.json"


class ModelError(RuntimeError):
    """The model's files are missing or are not what they should be."""


@dataclass(frozen=True)
class Model:
    """A loaded model; `version` names it in every reading that it makes."""

    version: str
    tokenizer: Tokenizer
    encoder: onnxruntime.InferenceSession
    linker: onnxruntime.InferenceSession
    calibration: Calibration

    def encode(self, ids: Integers) -> tuple[Floats, Floats]:
        """Piece ids [pieces] of one window to states [pieces, hidden] and tag scores [pieces, tags]."""
        states, tags = self.encoder.run(None, {"ids": ids[None]})
        return states[0], tags[0]

    def link(
        self,
        spans: Floats,
        types: Integers,
        kinds: Integers,
        places: Integers,
        paragraphs: Integers,
        sentences: Integers,
        alike: Floats,
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Spans to links [relations, n, n], stages [n, 8], negation [n] and stances [n, 7].

        `spans` are states [n, 3 * hidden], `alike` is [n, n, likenesses], the others are [n].
        """
        inputs = {
            "spans": spans,
            "types": types,
            "kinds": kinds,
            "places": places,
            "paragraphs": paragraphs,
            "sentences": sentences,
            "alike": alike,
        }
        links, stages, negated, stances = self.linker.run(None, inputs)
        return links, stages, negated, stances


def packaged_model() -> Path:
    """The folder of the model that comes with the package."""
    return Path(str(files("quellenlage.reader") / "model_files"))


def load(folder: Path | None = None, threads: int = 0) -> Model:
    """Load a model; `threads` 0 leaves their number to ONNX Runtime.

    Raises `ModelError` where a file is missing or cannot be loaded.
    """
    folder = folder or packaged_model()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    for name in (ENCODER_FILE, LINKER_FILE, TOKENIZER_FILE, CALIBRATION_FILE):
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name} is missing; reinstall the package, or make the model with `make model`")
    try:
        encoder, linker = (
            onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
            for name in (ENCODER_FILE, LINKER_FILE)
        )
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        calibration = Calibration.from_json((folder / CALIBRATION_FILE).read_text(encoding="utf-8"))
    except Exception as error:
        raise ModelError(f"the model in {folder} cannot be loaded ({error}); make it anew with `make model`") from error
    version = encoder.get_modelmeta().custom_metadata_map.get("reader")
    if not version:
        raise ModelError(f"{folder / ENCODER_FILE} does not say which version it is; make it anew with `make model`")
    return Model(version, tokenizer, encoder, linker, calibration)
