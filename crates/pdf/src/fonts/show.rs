//! Text-showing operators in the making (ISO 32000-2 9.4.3).

use crate::appearance::number;

/// Collects codes, the gaps between them and their rise into as few operators as they need.
#[derive(Default)]
pub(super) struct Show {
    operators: String,
    /// The elements of a TJ so far.
    elements: String,
    /// Whether a string of codes is open at the end of the elements.
    is_open: bool,
    has_gaps: bool,
    risen: f64,
    /// How far the pen still has to go to the right before the next glyph, in thousandths of an em.
    pub(super) skip: f64,
}

/// A gap that nobody sees: it comes from adding widths that are no whole numbers.
const UNSEEN: f64 = 0.005;

impl Show {
    /// The glyph of a code, `x` thousandths of an em to the right of the pen.
    pub(super) fn glyph(&mut self, code: u16, x: f64) {
        self.skip += x;
        self.gap();
        if !self.is_open {
            self.elements.push('<');
            self.is_open = true;
        }
        self.elements.push_str(&format!("{code:04X}"));
    }

    /// Raises what follows above the baseline, by points.
    pub(super) fn rise(&mut self, points: f64) {
        if (points - self.risen).abs() > UNSEEN {
            self.operator(&format!("{} Ts", number(points)));
            self.risen = points;
        }
    }

    /// An operator after what has been shown so far.
    pub(super) fn operator(&mut self, operator: &str) {
        self.close();
        let elements = std::mem::take(&mut self.elements);
        if std::mem::take(&mut self.has_gaps) {
            self.operators.push_str(&format!("[{elements}] TJ\n"));
        } else if !elements.is_empty() {
            self.operators.push_str(&format!("{elements} Tj\n"));
        }
        self.operators.push_str(operator);
        self.operators.push('\n');
    }

    /// All operators, without the last line end; the text stands on the baseline again.
    pub(super) fn finish(mut self) -> String {
        self.gap();
        self.rise(0.0);
        self.operator("");
        self.operators.trim_end().to_owned()
    }

    fn gap(&mut self) {
        if self.skip.abs() > UNSEEN {
            self.close();
            // Positive numbers go to the left.
            self.elements.push_str(&number(-self.skip));
            self.has_gaps = true;
            self.skip = 0.0;
        }
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.elements.push('>');
        }
    }
}
