//! To come.

/// stub
pub fn agencies(raw: &str, _: &()) -> Vec<(std::ops::Range<usize>, crate::model::Agency)> {
    vec![(
        0..raw.len(),
        crate::model::Agency {
            raw: raw.to_owned(),
            name: raw.to_owned(),
            key: crate::text::kebab(raw),
            ..Default::default()
        },
    )]
}
