//! The commands of the README give what it shows. `TRYCMD=overwrite cargo test --test readme` writes it
//! anew.

#[test]
fn the_readme_shows_what_the_program_prints() {
    trycmd::TestCases::new().env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1").case("README.md");
}
