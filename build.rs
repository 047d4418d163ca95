//! Tells cargo that the embedded folders are part of the crate, so that a new file in them is seen.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=grammars");
    println!("cargo:rerun-if-changed=src/output/messages");
}
