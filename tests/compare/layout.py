"""Items read from the text that `pdftotext -layout` gives of PDF files, beside those read from the PDF files themselves.

    python3 tests/compare/layout.py [PROGRAM]

Needs pdftotext (Debian: poppler-utils) and a build of cthd (default: the release build). An item counts where one of the text
has the same number, name, unit, values, agencies, deadline and amounts, spaces apart. Each file of fixtures/formats is taken.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CTHD = sys.argv[1] if len(sys.argv) > 1 else ROOT / "target" / "release" / "cthd"


def bare(text):
    return "".join((text or "").split()).lower()


def raw(value):
    return bare((value or {}).get("raw"))


def names(agencies):
    return tuple(bare(agency["name"]) for agency in agencies)


def items(path):
    run = subprocess.run([CTHD, "parse", path], capture_output=True, text=True)
    if run.returncode:
        return []
    return [
        (
            item.get("number"), bare(item["name"]), raw(item.get("unit")),
            tuple(raw(value["value"]) for value in item.get("values", [])),
            names(item.get("lead", [])), names(item.get("coordinators", [])), raw(item.get("deadline")),
            tuple(raw(amount["value"]) for amount in item.get("amounts", [])),
        )
        for appendix in json.loads(run.stdout)["appendices"] for item in appendix["items"]
    ]


def main():
    found = all_items = 0
    with tempfile.TemporaryDirectory() as folder:
        for pdf in sorted((ROOT / "fixtures" / "formats").rglob("*.pdf")):
            text = pathlib.Path(folder) / "text.txt"
            subprocess.run(["pdftotext", "-layout", pdf, text], check=True)
            expected, left = items(pdf), items(text)
            right = 0
            for item in expected:
                if item in left:
                    left.remove(item)
                    right += 1
            print(f"{pdf.relative_to(ROOT)}\t{right} of {len(expected)}")
            found += right
            all_items += len(expected)
    print(f"all\t{found} of {all_items}")


if __name__ == "__main__":
    main()
