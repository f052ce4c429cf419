"""`python -m training`: corpus → model, in one command with fixed seeds.

With `--go-on` the run begins with the shipped model instead of the base, which takes less than half the time: for
articles that were added to the corpus, or those of a newsroom's own.

Writes the model to `src/quellenlage/reader/model_files`, what PyTorch reads in some held-back articles to
`tests/data/agreement.json`, and the log with all scores to `docs/quality.md`. A run that was interrupted goes on
where it stopped (`training/runs`).
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from string import Template

import torch

from quellenlage.calibration import UNCALIBRATED
from quellenlage.domain import Article
from quellenlage.reader import ModelReader
from quellenlage.reader.model import CALIBRATION_FILE, packaged_model
from quellenlage.reader.model import load as load_model
from training.agreement import write_agreement
from training.base import base_encoder, cut_vocabulary
from training.calibrate import fitted, judged
from training.corpus import Annotated, load, split
from training.evaluate import Scores, score
from training.export import export
from training.network import Network
from training.settings import GOING_ON, Settings
from training.shipped import shipped_network
from training.train import train

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RUNS = HERE / "runs"
AGREEMENT = 6


def main() -> None:
    """Train, export, and write down how good the model is."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Make the reader's model from the corpus.")
    parser.add_argument("--go-on", action="store_true", help="begin with the shipped model instead of the base")
    going_on = parser.parse_args().go_on
    settings = GOING_ON if going_on else Settings()
    begun_with = load_model() if going_on else None
    start = begun_with.version if begun_with else ""
    learn, held_back = split(load())
    version = f"model-{fingerprint(learn, settings, start)}"
    RUNS.mkdir(exist_ok=True)
    checkpoint = RUNS / f"{version}.pt"
    log = checkpoint.with_suffix(".log")

    def say(line: str) -> None:
        stamped = f"{datetime.now(UTC):%H:%M:%S} {line}"
        print(stamped, flush=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(stamped + "\n")

    say(f"{len(learn)} articles to learn from, {len(held_back)} held back; from {start or 'the base'}; {settings}")
    if begun_with:
        network, tokenizer = shipped_network(packaged_model()), begun_with.tokenizer
    else:
        tokenizer, kept = cut_vocabulary(article.text for article in learn)
        network = from_base(kept, settings)
    network, in_pytorch = train(network, learn, held_back, tokenizer, settings, checkpoint, say)
    torch.save(network.state_dict(), RUNS / f"{version}.final.pt")
    export(network, tokenizer, packaged_model(), version)
    calibrate(packaged_model(), held_back)
    (ROOT / "tests" / "data").mkdir(exist_ok=True)
    write_agreement(network, held_back[:AGREEMENT], tokenizer, ROOT / "tests" / "data" / "agreement.json")
    reader = ModelReader.load()
    shipped = score((article, reader.read(Article(article.id, article.id, article.text))) for article in held_back)
    say(f"exported as {version}; shipped model, held back: spans {shipped.overall(shipped.spans).f1:.3f}")
    write_quality(version, settings, log.read_text(encoding="utf-8"), in_pytorch, shipped)


def from_base(kept: list[int], settings: Settings) -> Network:
    """The network before it has learnt anything but what the base knows of the pieces that are kept."""
    torch.manual_seed(settings.seed)
    return Network(base_encoder(kept))


def calibrate(folder: Path, held_back: Iterable[Annotated]) -> None:
    """Fit the curves of the model in `folder` on held-back articles, and write them beside it."""
    (folder / CALIBRATION_FILE).write_text(UNCALIBRATED.to_json(), encoding="utf-8")
    reader = ModelReader.load(folder)
    finds = [find for a in held_back for find in judged(a, reader.read(Article(a.id, a.id, a.text)))]
    (folder / CALIBRATION_FILE).write_text(fitted(finds).to_json(), encoding="utf-8")


def fingerprint(learn: Iterable[Annotated], settings: Settings, start: str = "") -> str:
    """A short name for a corpus, settings and the model that a run began with: the same for the same model."""
    content = "\n".join(f"{a.id}\t{a.text}\t{sorted(a.links)}" for a in learn) + f"{settings}{start}"
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def write_quality(version: str, settings: Settings, log: str, in_pytorch: Scores, shipped: Scores) -> None:
    """Write `docs/quality.md` from its template."""
    template = Template((HERE / "quality.md.template").read_text(encoding="utf-8"))
    confusions = [
        f"| {kind} | {mine} | {theirs} | {n} |" for (kind, mine, theirs), n in shipped.confusions.most_common(15)
    ]
    text = template.substitute(
        version=version,
        settings="\n".join(f"| {name.replace('_', ' ')} | {value} |" for name, value in asdict(settings).items()),
        log=log.strip(),
        shipped=shipped.table(),
        spans_in_pytorch=f"{in_pytorch.overall(in_pytorch.spans).f1:.3f}",
        links_in_pytorch=f"{in_pytorch.overall(in_pytorch.links).f1:.3f}",
        confusions="\n".join(confusions),
    )
    (ROOT / "docs" / "quality.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
