"""Reads the Parquet files of `cthd export --to parquet` with DuckDB and pandas and holds them against the CSV files.

    pip install duckdb pandas pyarrow
    cthd export FILE --to parquet -o OUT/parquet && cthd export FILE --to csv -o OUT/csv
    python tests/tools/parquet_readers.py OUT

Run by `cargo test --test outputs` where the packages are there (tests/all fetches them).
"""

import csv
import datetime
import decimal
import pathlib
import sys

import duckdb
import pandas


def same(printed: str, value: object) -> bool:
    if printed == "":
        return value is None or value is pandas.NaT or value != value
    if isinstance(value, bool):
        return printed == str(value).lower()
    if isinstance(value, decimal.Decimal):
        return decimal.Decimal(printed) == value
    if isinstance(value, datetime.date):
        return printed == value.isoformat()
    if isinstance(value, float):  # whole numbers with gaps, as pandas gives them
        return float(printed) == value
    return printed == str(value)


def main(folder: pathlib.Path) -> int:
    wrong = cells = 0
    for path in sorted((folder / "parquet").glob("*.parquet")):
        with open(folder / "csv" / f"{path.stem}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found = {
            "duckdb": duckdb.sql(f"select * from '{path}'"),
            "pandas": pandas.read_parquet(path, dtype_backend="pyarrow"),
        }
        columns = found["duckdb"].columns
        tables = {
            "duckdb": [dict(zip(columns, row)) for row in found["duckdb"].fetchall()],
            "pandas": [
                {key: None if value is pandas.NA else value for key, value in row.items()}
                for row in found["pandas"].to_dict("records")
            ],
        }
        for reader, table in tables.items():
            if len(table) != len(rows):
                print(f"{path.name}: {reader} reads {len(table)} rows of {len(rows)}")
                wrong += 1
            for printed, row in zip(rows, table):
                for key, value in row.items():
                    cells += 1
                    if not same(printed[key], value):
                        print(f"{path.name} {key}: {reader} reads {value!r} for {printed[key]!r}")
                        wrong += 1
        types = dict(zip(columns, map(str, found["duckdb"].types)))
        print(path.name, len(rows), {k: v for k, v in types.items() if "DECIMAL" in v or "DATE" in v})
    print(f"{cells} values compared, {wrong} differ")
    return 1 if wrong or not cells else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
