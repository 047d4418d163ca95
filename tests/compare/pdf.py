"""Rows whole and time per PDF producer: cthd beside pdfplumber, camelot and pdftotext, on the same files, in one run.

    python3 tests/compare/pdf.py

Needs a release build (`cargo build --release`), pdfplumber and camelot-py (PyPI) and pdftotext (Debian: poppler-utils). The
rows that are looked for are those of the text file's model. A row counts as whole where one row that the tool gives has all its
filled cells in order, spaces apart. Times are medians of whole processes and written as ratios to pdftotext -layout.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CTHD = ROOT / "target" / "release" / "cthd"
SEED = ROOT / "seeds" / "phuong-liet-2026.txt"
ROUNDS = 5
PLUMB = "import pdfplumber,sys,json; print(json.dumps([t for p in pdfplumber.open(sys.argv[1]).pages for t in p.extract_tables()]))"
CAMELOT = "import camelot,sys,json; print(json.dumps([t.data for t in camelot.read_pdf(sys.argv[1], pages='all', flavor='lattice')]))"
PEERS = {"pdfplumber": PLUMB, "camelot": CAMELOT}


def model(path):
    return json.loads(subprocess.run([CTHD, "parse", path], capture_output=True, text=True, check=True).stdout)


def key(cells):
    cells = ["".join((cell or "").split()) for cell in cells]
    return tuple(cell for cell in cells if cell)


def rows_of(document):
    """Rows as printed: a cell that a merged one covers is blank."""
    return [
        key([None if cell["origin"] == "inherited" else cell["raw"] for cell in row["cells"]])
        for appendix in document["appendices"] for row in appendix["table"]["rows"]
    ]


def whole(wanted, found):
    left = list(found)
    count = 0
    for row in wanted:
        if row in left:
            left.remove(row)
            count += 1
    return count


def seconds(command):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    text = model(SEED)
    wanted = rows_of(text)
    tables = len(text["appendices"])
    print(f"{len(wanted)} rows in {tables} tables\n")
    print("| producer | tool | rows whole | tables | time, pdftotext -layout = 1 |\n|---|---|---|---|---|")
    for path in sorted((ROOT / "fixtures" / "formats").glob("seed-*.pdf")):
        name = path.stem.removeprefix("seed-")
        base = seconds(["pdftotext", "-layout", path, "-"])
        ours = model(path)
        ratio = seconds([CTHD, "parse", path]) / base
        print(f"| {name} | cthd parse | {whole(wanted, rows_of(ours))} | {len(ours['appendices'])} | {ratio:.1f} |")
        for peer, program in PEERS.items():
            command = [sys.executable, "-c", program, path]
            tables_of_peer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            found = [key(row) for table in tables_of_peer for row in table]
            ratio = seconds(command) / base
            print(f"| {name} | {peer} | {whole(wanted, found)} | {len(tables_of_peer)} | {ratio:.0f} |")


if __name__ == "__main__":
    main()
