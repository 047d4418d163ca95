//! What the header of a money column says.

use crate::grammar::HeaderWords;
use crate::model::AmountRole;

/// What the header of a money column says.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Says {
    /// Its numbers are amounts of money.
    pub money: bool,
    /// It is a total.
    pub total: bool,
    /// It is over the whole life of a project, by its own words.
    pub whole_life: bool,
    /// As `whole_life`, or it is the total under such a header.
    pub whole_life_total: bool,
    /// It is money already spent or assigned.
    pub done: bool,
}

impl Says {
    /// What headers say together, from top to bottom, of a column of a role.
    pub fn of(headers: &[HeaderWords], role: AmountRole) -> Self {
        let (leaf, above) = headers.split_last().map_or((None, headers), |(leaf, above)| (Some(leaf), above));
        let leaf = |says: fn(&HeaderWords) -> bool| leaf.is_some_and(says);
        let (total, whole_life) = (leaf(|header| header.total), leaf(|header| header.whole_life));
        Self {
            money: !leaf(|header| header.not_money),
            total: role == AmountRole::Total || total || whole_life,
            whole_life,
            whole_life_total: whole_life || (total && above.iter().any(|header| header.whole_life)),
            done: headers.iter().any(|header| header.done),
        }
    }
}
