"""Texts as pieces and windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from quellenlage.reader.pieces import WINDOW_SIZES, coverings, cut, windows

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß.,-„“"


def small_tokenizer() -> Tokenizer:
    vocabulary = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    vocabulary += [(letter, -3.0) for letter in LETTERS] + [("waffe", -1.0), ("▁die", -1.0)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


TOKENIZER = small_tokenizer()


def test_pieces_know_where_they_stand_and_to_which_paragraph_they_belong() -> None:
    text = "Die Waffe\n\n  Die Waffen"
    pieces = cut(text, TOKENIZER)
    words = [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert [w for w in words if len(w) > 1] == ["Die", "Waffe", "Die", "Waffe"]
    assert set(pieces.paragraphs) == {0, 1}
    assert [a for a, b in zip(pieces.starts, pieces.ends, strict=True) if a == b] == [9, len(text)]


@given(st.text(alphabet=LETTERS + " \n\tÄ€", max_size=300))
def test_pieces_follow_one_another_and_cover_no_white_space(text: str) -> None:
    pieces = cut(text, TOKENIZER)
    end = 0
    for a, b in zip(pieces.starts, pieces.ends, strict=True):
        assert end <= a <= b <= len(text)
        assert text[a:b] == text[a:b].strip()
        end = b


@given(st.integers(0, 5000), st.integers(3, 400), st.data())
def test_the_cores_of_windows_cover_every_piece_once(count: int, size: int, data: st.DataObject) -> None:
    margin = data.draw(st.integers(0, (size - 1) // 2))
    found = windows(count, size, margin)
    assert [p for w in found for p in range(w.core_start, w.core_end)] == list(range(count))
    for w in found:
        assert w.end - w.start <= size
        assert w.core_start == 0 or w.core_start - w.start >= margin
        assert w.core_end == count or w.end - w.core_end >= margin


@given(st.integers(0, 2000))
def test_a_long_text_is_covered_in_several_ways_and_a_short_one_once(count: int) -> None:
    found = coverings(count)
    shortest = min(size for size, _ in WINDOW_SIZES)
    assert len(found) == (1 if count <= shortest else len(WINDOW_SIZES))
    for covering in found:
        assert [p for w in covering for p in range(w.core_start, w.core_end)] == list(range(count))


def test_a_window_without_a_core_is_refused() -> None:
    with pytest.raises(ValueError, match="no core"):
        windows(10, 6, 3)
