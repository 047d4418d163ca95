//! To come.

/// stub
pub fn funding(raw: &str, _: &()) -> crate::model::Funding { crate::model::Funding{raw: raw.to_owned(), ..Default::default()} }
