//! What a formula gives.

use super::Sheet;
use super::check::characters_max;
use crate::model::field::FieldDraft;
use crate::model::field::decimal::Decimal;
use crate::model::field::formula::{Formula, Piece};

impl Sheet<'_> {
    /// What a formula gives, where all its parts are known; none where a sum has too many digits, or the field no room
    /// for it: what is joined of what is joined grows a hundredfold with each field. What is no number adds nothing to
    /// a sum, and a sum of nothing is nothing.
    pub(super) fn computed(&self, field: &FieldDraft, formula: &Formula) -> Option<String> {
        match formula {
            Formula::Sum(fields) => {
                let numbers: Vec<Decimal> =
                    fields.iter().filter_map(|id| self.known(id).trim().parse().ok()).collect();
                let sum = numbers.iter().try_fold(Decimal::default(), |sum, number| sum.plus(*number))?;
                Some(if numbers.is_empty() { String::new() } else { sum.to_string() })
            }
            Formula::Concatenation(pieces) => {
                let (mut joined, mut room) = (String::new(), characters_max(field));
                for piece in pieces {
                    let words = match piece {
                        Piece::Field(id) => self.known(id),
                        Piece::Words(words) => words.clone(),
                    };
                    room = room.checked_sub(words.chars().count())?;
                    joined.push_str(&words);
                }
                Some(joined)
            }
        }
    }
}
