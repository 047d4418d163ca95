//! Turns `grammars/` into what the binary holds: TOML as JSON, which is read in a fifth of the time, and word
//! lists as they are. A file that is not valid TOML stays as it is, so that loading it says where it is wrong.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const FOLDER: &str = "grammars";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={FOLDER}");
    println!("cargo:rerun-if-changed=src/output/messages");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(FOLDER);
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        writeln!(table, "    ({name:?}, {:?}),", content(file)?)?;
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("grammars.rs"), table)?;
    Ok(())
}

/// All files under a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn content(file: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    if file.extension().is_none_or(|extension| extension != "toml") {
        return Ok(text);
    }
    match toml::from_str::<toml::Value>(&text) {
        Ok(value) => Ok(serde_json::to_string(&value)?),
        Err(_) => Ok(text),
    }
}
