//! One page as pixels.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

/// A picture has so many pixels at most; a page that would have more is drawn smaller. An A4 page at the largest width
/// has half of them.
const PIXELS_MAX: f64 = 8_000_000.0;

/// A page as pixels: red, green and blue, a byte each, row by row.
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgb: Vec<u8>,
}

/// The document, where it can be read at all. Without a password, or with the empty one.
pub(super) fn open(bytes: Vec<u8>) -> Option<Pdf> {
    Pdf::new(bytes).ok()
}

/// Whether there is a page of this number, from 1.
pub(super) fn has(pdf: &Pdf, number: u32) -> bool {
    number > 0 && usize::try_from(number).is_ok_and(|it| it <= pdf.pages().len())
}

/// A page on white, so many pixels wide, with its annotations and filled fields; none where there is no such page, or it
/// is so long that nothing of it could be seen.
pub(super) fn page(pdf: &Pdf, number: u32, width: u32) -> Option<Pixels> {
    let page = pdf.pages().get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let (across, down) = page.render_dimensions();
    let (width, height) = size(f64::from(across), f64::from(down), f64::from(width))?;
    let scale =
        Affine::scale_non_uniform(f64::from(width) / f64::from(across), f64::from(height) / f64::from(down));
    let mut context = RenderContext::new(width, height);
    let cache = RenderCache::new();
    let transform = scale * page.initial_transform(true).to_kurbo();
    render_into(
        page,
        &cache,
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &mut context,
        transform,
    );
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let settings = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), settings);
    let rgb = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    Some(Pixels { width: width.into(), height: height.into(), rgb })
}

/// Pixels across and down of a page of this size in points, in its own proportions.
fn size(across: f64, down: f64, width: f64) -> Option<(u16, u16)> {
    let height = width * down / across;
    let smaller = (PIXELS_MAX / (width * height)).sqrt().min(1.0);
    let fits = |it: f64| (it.is_finite() && it < f64::from(u16::MAX)).then(|| it.round().max(1.0) as u16);
    Some((fits(width * smaller)?, fits(height * smaller)?))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_picture_has_the_proportions_of_its_page_and_no_more_pixels_than_it_may() {
        assert_eq!(size(595.0, 842.0, 800.0), Some((800, 1132)));
        assert_eq!(size(842.0, 595.0, 160.0), Some((160, 113)));
        let (width, height) = size(100.0, 2000.0, 1600.0).unwrap();
        assert!(
            u32::from(width) * u32::from(height) <= 8_010_000 && height / width == 20,
            "{width} x {height}"
        );
        assert_eq!(size(14_400.0, 3.0, 160.0), Some((160, 1)));
        assert_eq!(size(1.0, 14_400_000.0, 1600.0), None);
        assert_eq!(size(0.0, 0.0, 160.0), None);
    }
}
