//! Whether the figures of two statements can both be meant.

use super::{Kind, Statement};
use crate::value::{Number, Relation};

/// Whether two figures cannot both be meant: their values or bounds differ.
pub(super) fn disagree(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let bound = |statement: &Statement<'_>, value: Option<Number>| {
        value.map(|value| (value * statement.unit.factor).normalized())
    };
    let bounds = |statement: &Statement<'_>| {
        (bound(statement, statement.quantity.low), bound(statement, statement.quantity.high))
    };
    let relation = |statement: &Statement<'_>| statement.quantity.relation;
    figures_disagree((relation(a), bounds(a)), (relation(b), bounds(b)))
}

/// A relation with its bounds.
type Figure = (Relation, (Option<Number>, Option<Number>));

fn figures_disagree(a: Figure, b: Figure) -> bool {
    use Relation::{Between, Eq, Ge, Gt, Le, Lt, Of};
    let ((a_is, (a_low, a_high)), (b_is, (b_low, b_high))) = (a, b);
    match (a_is, b_is) {
        (Eq, Eq) | (Ge | Gt, Ge | Gt) => a_low != b_low,
        (Le | Lt, Le | Lt) => a_high != b_high,
        (Between, Between) | (Of, Of) => (a_low, a_high) != (b_low, b_high),
        (Eq, Ge) => a_low < b_low,
        (Eq, Gt) => a_low <= b_low,
        (Eq, Le) => a_low > b_high,
        (Eq, Lt) => a_low >= b_high,
        (Eq, Between) => a_low < b_low || a_low > b_high,
        (Ge | Gt, Le | Lt | Between) => a_low > b_high,
        (Le | Lt, Between) => a_high < b_low,
        (Ge | Gt | Le | Lt | Between, Eq) | (Le | Lt | Between, Ge | Gt) | (Between, Le | Lt) => {
            figures_disagree(b, a)
        }
        _ => false,
    }
}

/// Whether another value of the same target agrees: one of the same year, since a table may set two aims ("Mục tiêu 2030",
/// "Phấn đấu 2030"), or, with a text that names no year, the first of them, from which the others set out.
pub(super) fn agrees_beside(list: &[Statement<'_>], a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let (target, text) = if a.kind == Kind::Target { (a, b) } else { (b, a) };
    if target.kind != Kind::Target || text.kind == Kind::Target {
        return false;
    }
    let row = || {
        let same = |it: &&Statement<'_>| it.kind == Kind::Target && it.at.line == target.at.line;
        list.iter().filter(same).filter(|it| it.subjects == target.subjects)
    };
    let first = row().next().filter(|_| text.year.is_none());
    // A column over all years beside those of each, which may name none.
    let over_all = row().filter(|it| it.over_all || it.year.is_none());
    let beside = row().filter(|it| it.year == target.year).chain(first).chain(over_all);
    beside.filter(|it| !std::ptr::eq(*it, target)).any(|it| !disagree(text, it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(relation: Relation, low: i64, high: i64) -> Figure {
        let number = |n: i64| (n > 0).then(|| Number::whole(n));
        (relation, (number(low), number(high)))
    }

    #[test]
    fn figures_agree_where_one_holds_the_other() {
        use Relation::{Between, Eq, Ge, Gt, Le, Of};
        let exact = |n: i64| figure(Eq, n, n);
        assert!(figures_disagree(exact(90), figure(Gt, 90, 0)));
        assert!(figures_disagree(figure(Gt, 90, 0), exact(90)));
        assert!(!figures_disagree(exact(90), figure(Ge, 90, 0)));
        assert!(!figures_disagree(exact(95), figure(Gt, 90, 0)));
        assert!(figures_disagree(exact(85), exact(100)));
        assert!(figures_disagree(figure(Ge, 85, 0), figure(Ge, 90, 0)));
        assert!(!figures_disagree(figure(Gt, 90, 0), figure(Ge, 90, 0)));
        assert!(!figures_disagree(exact(3), figure(Between, 2, 4)));
        assert!(figures_disagree(figure(Le, 0, 3), figure(Ge, 4, 0)));
        assert!(figures_disagree(figure(Of, 14, 14), figure(Of, 11, 11)));
        assert!(!figures_disagree(figure(Of, 11, 11), exact(14)));
    }
}
