"""Finding occupations by their titles: how often the right one comes first, beside other ways in the same run.

Run: `make bench-titles ARGS="--data FOLDER"`. Options: `[--quick] [--folds N] [--learn]`. Tells each table when it is
there (stderr), and prints all as one JSON object. FOLDER holds what is published elsewhere and is no part of alpes:
`melo_fra/` (MELO benchmark by Avature, MIT licence: ROME titles to ESCO labels), `rome_appellations.csv`,
`rome_532.csv` and `rome_short_titles.csv` (France Travail, Licence Ouverte). Without it nothing is measured.

- `melo`: each title of ROME among the labels of ESCO, one row a concept; the other titles of ROME are the background,
  without those that are looked for. `mrr`: mean of 1 / rank of the right concept; `first`: share that comes first.
- `short titles`: abbreviated titles to the full ones. `forms`: feminine and masculine of slashed titles, share of whose
  ten first answers are the same, and the gap between their `mrr`.
- `codes`: titles of ROME to its codes, a tenth of them left out of what is learned, ten times; `nearly leave one out`:
  the first tenth again, by fiftieths, as the aim is told for titles left out one by one; `small list`: our own.
- `--quick` takes a minute: 150 titles of each kind, and codes by a sixth of the titles. `--learn` learns the weights
  anew, from hidden labels and from the second to the fifth tenth.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

from alpes_matching.titles import TitleIndex
from bench.machine import about
from bench.title_codes import FOLDS, folds_measured, nearly_one_out, small_measured
from bench.titles_data import Published, Task, read
from bench.titles_learning import learned_codes, learned_titles
from bench.titles_peers import peers
from bench.titles_ranks import Order, Row, forms, ours, ranked, theirs, waits

_QUICK = 150
_PAIRS = 2_000
_PAIRS_OF_PEERS = 150
_EVERY = 6


def main() -> int:
    """Read, build, ask, print."""
    chosen = _chosen()
    if chosen.data is None or not (chosen.data / "melo_fra").is_dir():
        print("no data: give --data FOLDER, see the first lines of bench/titles.py", file=sys.stderr)
        return 1
    published = read(chosen.data)
    most = _QUICK if chosen.quick else len(published.titles)
    libraries = {name: version(name) for name in ("alpes", "numpy", "scipy", "rapidfuzz")}
    report: dict[str, object] = about() | {"versions": libraries, "threads": os.environ.get("OPENBLAS_NUM_THREADS", "")}
    if chosen.learn:
        report["learned"] = {
            "titles": learned_titles(published.melo.entries, published.melo.background),
            "codes": learned_codes(published.titles, published.names),
        }
    for name, task in (("melo", published.melo), ("short titles", published.short)):
        _ranks(report, name, task, most)
    _codes(report, published, chosen)
    print(json.dumps(report, ensure_ascii=False))
    return 0


def _ranks(report: dict[str, object], name: str, task: Task, most: int) -> None:
    """One task, by this code and its peers; and whether its slashed titles get one answer."""
    asked = task.asked[:most]
    began = time.perf_counter()
    index = TitleIndex.build(task.entries, task.background)
    build_s = round(time.perf_counter() - began, 1)
    orders: dict[str, Order] = {"alpes": ours(index)}
    others = peers([label for _key, label in task.entries])
    orders |= {who: theirs(scores, task.entries) for who, scores in others.items()}
    rows = {who: ranked(order, asked) for who, order in orders.items()}
    rows["alpes"] |= {"ms": waits(index, asked), "build_s": build_s, "labels": len(task.entries)} | _size(index)
    _tell(report, name, rows)
    if name == "melo":
        told = forms({"alpes": orders["alpes"]}, asked, _PAIRS)
        _tell(report, "forms", told | forms({who: orders[who] for who in others}, asked, _PAIRS_OF_PEERS))


def _size(index: TitleIndex) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "titles.npz")
        kept = (Path(folder) / "titles.npz").stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"kept_mb": round(kept / 1e6), "peak_mb": round(peak / 1e3)}


def _codes(report: dict[str, object], published: Published, chosen: argparse.Namespace) -> None:
    titles = published.titles[::_EVERY] if chosen.quick else published.titles
    folds = 1 if chosen.quick else chosen.folds
    right: dict[str, list[float]] = {}
    for name, rows in folds_measured(titles, published.names, folds):
        _tell(report, name, rows)
        for who, row in rows.items():
            right.setdefault(who, []).append(float(str(row["first"])))
    means: dict[str, Row] = {
        who: {"first": round(float(np.mean(told)), 4), "parts": len(told)} for who, told in right.items()
    }
    _tell(report, "codes, mean", means)
    if not chosen.quick:
        _tell(report, "codes, nearly leave one out", {"alpes": nearly_one_out(titles, published.names)})
    _tell(report, "small list", {"alpes": small_measured(titles)})


def _tell(report: dict[str, object], name: str, rows: Mapping[str, Row]) -> None:
    """Keep a table, and show it at once."""
    report[name] = rows
    print(f"\n{time.strftime('%H:%M:%S')} {name}", file=sys.stderr)
    for who, row in rows.items():
        print(f"  {who:22}", *(f"{key} {value}" for key, value in row.items()), sep="  ", file=sys.stderr, flush=True)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the published vocabularies")
    parser.add_argument("--quick", action="store_true", help="a minute, to show that it runs")
    parser.add_argument(
        "--folds", type=int, default=FOLDS, help="tenths of the titles to leave out in turn (default: 10)"
    )
    parser.add_argument("--learn", action="store_true", help="learn the weights anew and print them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
