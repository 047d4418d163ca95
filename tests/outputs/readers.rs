//! Parquet files as DuckDB and pandas read them, held against the CSV files by `tests/tools/parquet_readers.py`.

use std::io::Write;
use std::process::Command;

use crate::common;

#[test]
fn duckdb_and_pandas_read_what_the_csv_files_say() {
    let Some(python) = common::program("python3") else { return };
    // `tests/all` puts them there; they are tools of the tests alone.
    let packages = common::path("target/tools/python");
    let call = |args: &[&str]| {
        Command::new(&python).args(args).env("PYTHONPATH", &packages).output().expect("Python can be started")
    };
    if !call(&["-c", "import duckdb, pandas, pyarrow"]).status.success() {
        let _ = writeln!(std::io::stderr(), "left out: duckdb, pandas and pyarrow are not there");
        return;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let seed = common::seeds()[0].clone();
    for format in ["parquet", "csv"] {
        let mut export = Command::new(env!("CARGO_BIN_EXE_cthd"));
        export.arg("export").arg(&seed).args(["--to", format, "-o"]).arg(folder.path().join(format));
        assert!(export.status().unwrap().success());
    }
    let script = common::path("tests/tools/parquet_readers.py");
    let read = call(&[script.to_str().unwrap(), folder.path().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(read.status.success(), "{said}{}", String::from_utf8_lossy(&read.stderr));
    assert!(said.contains(" values compared, 0 differ"), "{said}");
}
