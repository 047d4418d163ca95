//! Commands of TeX that stand for signs: what reads scans as Markdown writes "≤ 15,0" as `$\\leq 15,0$`.

/// Commands and the signs that they stand for.
const SIGNS: &[(&str, char)] = &[
    ("le", '≤'),
    ("leq", '≤'),
    ("leqslant", '≤'),
    ("ge", '≥'),
    ("geq", '≥'),
    ("geqslant", '≥'),
    ("lt", '<'),
    ("gt", '>'),
    ("times", '×'),
    ("approx", '≈'),
    ("pm", '±'),
    ("cdot", '·'),
    ("rightarrow", '→'),
];

/// Longest command, without its backslash.
const LONGEST: usize = 12;

/// What the command at the start of a text stands for, and its length with the backslash; `None` where there is none.
pub(super) fn command(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?.as_bytes();
    let length = rest.iter().take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let name = rest.get(..length)?;
    let sign = SIGNS.iter().find(|(known, _)| known.as_bytes() == name)?.1;
    Some((sign, length + 1))
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn commands_of_signs_are_signs() {
        assert_eq!(command("\\leq 15,0"), Some(('≤', 4)));
        assert_eq!(command("\\ge90"), Some(('≥', 3)));
        for text in ["\\left", "\\", "leq", "\\%", "\\khong"] {
            assert_eq!(command(text), None, "{text}");
        }
    }
}
