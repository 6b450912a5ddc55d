//! What a formula gives.

use super::Sheet;
use crate::model::field::decimal::Decimal;
use crate::model::field::formula::{Formula, Piece};

impl Sheet<'_> {
    /// What a formula gives; none where a sum has too many digits. What is no number adds nothing to a sum, and a sum of
    /// nothing is nothing.
    pub(super) fn computed(&self, formula: &Formula) -> Option<String> {
        match formula {
            Formula::Sum(fields) => {
                let numbers: Vec<Decimal> =
                    fields.iter().filter_map(|id| self.value(id).trim().parse().ok()).collect();
                let sum = numbers.iter().try_fold(Decimal::default(), |sum, number| sum.plus(*number))?;
                Some(if numbers.is_empty() { String::new() } else { sum.to_string() })
            }
            Formula::Concatenation(pieces) => Some(
                pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Field(id) => self.value(id),
                        Piece::Words(words) => words.clone(),
                    })
                    .collect(),
            ),
        }
    }
}
