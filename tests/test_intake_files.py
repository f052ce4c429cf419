import io
import json
from pathlib import Path

import pytest

from quellenlage.domain import Article
from quellenlage.intake import Arrival, Skipped
from quellenlage.intake.taking import Way, taken_from

STORY = "Panzer für den Norden\r\n\r\nDie Lieferung beginnt im Mai.  \n"


def taken(*paths: str | Path, stdin: bytes | None = None) -> list[Article | Skipped]:
    found = taken_from(paths, Way(triage=None), None if stdin is None else io.BytesIO(stdin))
    return [one.article if isinstance(one, Arrival) else one for one in found]


def the_reason(results: list[Article | Skipped]) -> str:
    (skipped,) = results
    assert isinstance(skipped, Skipped)
    return f"{skipped.where}: {skipped.why}"


def test_a_text_file_keeps_its_words(tmp_path):
    path = tmp_path / "a.b.txt"
    path.write_bytes(STORY.encode())
    (article,) = taken(path)
    assert article.text == STORY.replace("\r\n", "\n")
    assert (article.doc, article.title) == ("a.b", "Panzer für den Norden")
    assert (article.outlet, article.published, article.language) == (None, None, None)


@pytest.mark.parametrize("first", ["Sie kamen nachts und gingen am Morgen.", "x" * 201, "Von unserem Reporter:"])
def test_a_first_line_that_is_no_headline_is_no_title(tmp_path, first):
    path = tmp_path / "a.txt"
    path.write_text(f"{first}\nMehr Text.", encoding="utf-8")
    assert taken(path)[0].title is None


def test_a_folder_is_walked_in_order_without_hidden_and_foreign_files(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.TXT", "b/z.txt", ".hidden.txt", "README.md", "bild.png"):
        (tmp_path / name).write_text(f"Text von {name}", encoding="utf-8")
    (tmp_path / "b" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [article.doc for article in taken(tmp_path)] == ["a", "z", "c"]


def test_the_order_of_the_paths_is_kept(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [article.doc for article in taken(tmp_path / "b.txt", tmp_path / "a.txt")] == ["b", "a"]


def test_the_same_content_in_another_file_is_the_same_article(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY.encode())
    (tmp_path / "b.txt").write_bytes(STORY.replace("\r\n", "\n").encode("utf-16"))
    first, second = taken(tmp_path)
    assert first.id == second.id


def test_one_broken_line_is_skipped_by_its_number_and_the_others_are_read(tmp_path):
    path = tmp_path / "viele.jsonl"
    path.write_text('{"text": "Eins"}\n\n{"text": \n{"id": "vier", "text": "Vier"}\n{"title": "x"}\n', encoding="utf-8")
    results = taken(path)
    assert [result.doc for result in results if isinstance(result, Article)] == ["viele-1", "vier"]
    broken, textless = (result for result in results if isinstance(result, Skipped))
    assert broken.where == f"{path}, line 3"
    assert "broken JSON" in broken.why
    assert textless.where == f"{path}, line 5"
    assert "field text" in textless.why


def test_a_list_of_articles_in_one_file(tmp_path):
    path = tmp_path / "liste.json"
    path.write_text(json.dumps([{"text": "Eins"}, 7, {"text": "Drei"}]), encoding="utf-8")
    first, skipped, third = taken(path)
    assert (first.doc, third.doc) == ("liste-1", "liste-3")
    assert skipped.where == f"{path}, article 2"


def test_one_object_is_known_by_its_file(tmp_path):
    path = tmp_path / "eins.json"
    path.write_text('{"text": "Eins"}\n', encoding="utf-8")
    assert [article.doc for article in taken(path)] == ["eins"]


def test_lines_of_objects_under_the_ending_of_json(tmp_path):
    path = tmp_path / "zeilen.json"
    path.write_text('{"text": "Eins"}\n{"text": "Zwei"}\n', encoding="utf-8")
    assert [article.doc for article in taken(path)] == ["zeilen-1", "zeilen-2"]


def test_a_file_of_claims_beside_the_articles_is_skipped_once(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text('{"doc": "a", "transfers": []}\n{"doc": "b", "transfers": []}\n', encoding="utf-8")
    assert "claims, not articles" in the_reason(taken(tmp_path))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.unbekannt"])
@pytest.mark.parametrize("content", [b"", b" \n\r\n\t"])
def test_an_empty_file_is_skipped(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert the_reason(taken(path)).startswith(f"{path}: there is nothing in it; expected")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.exe"])
def test_rubbish_is_skipped(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 8)
    assert all(isinstance(result, Skipped) for result in taken(path))


def test_a_missing_path_is_skipped(tmp_path):
    assert "no such file" in the_reason(taken(tmp_path / "fehlt.txt"))


def test_json_without_measure_is_skipped(tmp_path):
    path = tmp_path / "tief.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    assert "nesting" in the_reason(taken(path))


def test_a_broken_json_file_names_the_place(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"text": "Eins",\n "title" "Zwei"}', encoding="utf-8")
    assert "line 2, column 10" in the_reason(taken(path))


@pytest.mark.parametrize(
    ("piped", "docs"),
    [
        (b'{"text": "Eins"}\n{"text": "Zwei"}\n', ["stdin-1", "stdin-2"]),
        (b'{\n "text": "Eins"\n}', ["stdin"]),
        (b'\n[{"text": "Eins"}]', ["stdin-1"]),
        ("[Update] Panzer für Kiew\nMehr folgt.".encode(), ["stdin"]),
        (b"Nur ein Satz.", ["stdin"]),
    ],
)
def test_standard_input_is_read_by_how_it_begins(piped, docs):
    assert [article.doc for article in taken("-", stdin=piped)] == docs


def test_a_page_on_standard_input():
    words = "<p>Die Lieferung der ersten Geschütze beginnt im Mai, teilte das Ministerium mit.</p>" * 3
    (article,) = taken("-", stdin=f"<!DOCTYPE html>\n<html><body><article>{words}</article></body></html>".encode())
    assert article.text.startswith("Die Lieferung")


def test_no_standard_input_is_skipped():
    assert "no standard input" in the_reason(taken("-"))


def test_a_named_file_of_another_ending_is_read_by_how_it_begins(tmp_path):
    path = tmp_path / "notiz.md"
    path.write_text("Panzer für Kiew", encoding="utf-8")
    assert [article.text for article in taken(path)] == ["Panzer für Kiew"]


def test_articles_come_one_by_one(tmp_path):
    (tmp_path / "a.txt").write_text("Eins", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Zwei", encoding="utf-8")
    stream = taken_from([tmp_path], Way(triage=None))
    assert next(stream).article.doc == "a"
    (tmp_path / "b.txt").write_text("Drei", encoding="utf-8")
    assert next(stream).article.text == "Drei"
