//! A QR code as SVG, drawn by ourselves from its matrix: one path, no style, no script, so that it stands in a page under
//! any content security policy.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// ISO/IEC 18004 9.1: four modules of light all around, without which many cameras find nothing.
const QUIET: usize = 4;

/// A QR code of `text` (at most about 2,300 bytes) as an SVG document without a size: it takes that of its place. Always
/// black on white, also on a dark page, because cameras want it so. `label` is read out instead of the picture.
/// `None` when the text is too long for any QR code.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let (width, side) = (code.width(), code.width() + 2 * QUIET);
    let label = escaped(label);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\""
    );
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                write!(svg, "M{} {}h{}v1h-{}z", column + QUIET, row + QUIET, run.len(), run.len())
                    .expect("a string takes what is written");
            }
            column += run.len();
        }
    }
    svg.push_str("\"/></svg>");
    Some(svg)
}

/// Text inside an attribute (XML 1.0 2.3).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
