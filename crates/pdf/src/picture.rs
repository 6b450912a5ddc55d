//! A picture as a document of one page.

use crate::appearance::{Area, Canvas, InkRefusal, Shared, deflated, image};
use crate::new_file::{About, NewFile, PAPER};
use crate::object::{Dictionary, Object};

/// Between the picture and the sides of the page, in points.
const MARGIN: f64 = 20.0;

/// A new PDF whose one page, A4 upright or lying as the picture is, shows the picture as large as it fits. A JPEG is
/// taken over as it is, and turned as its camera says.
///
/// # Errors
/// What [`crate::Ink::check`] gives for a picture: 5 MB and 4096 x 4096 pixels at most, PNG or JPEG.
pub fn document(picture: &[u8], title: &str) -> Result<Vec<u8>, InkRefusal> {
    let (mut file, mut shared) = (NewFile::new(), Shared::new());
    let [wide, high] = image::measured(&mut file, &mut shared, picture)?;
    let [short, long] = PAPER;
    let (width, height) = if wide > high { (long, short) } else { (short, long) };
    let mut canvas = Canvas::new(&mut file, &mut shared);
    let page = Area { x: 0.0, y: 0.0, width, height };
    image::image(&mut canvas, page.inset(MARGIN), 0.5, picture)?;
    let (content, resources) = canvas.into_parts();
    let stream = file.add(Object::Stream(deflated(Dictionary::new(), content.as_bytes())));
    let page = Dictionary::new()
        .with("MediaBox", crate::appearance::numbers(&[0.0, 0.0, width, height]))
        .with("Resources", resources)
        .with("Contents", stream);
    shared.finish(&mut file);
    Ok(file.finish(&About { title, language: "", created: None }, vec![page]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use std::sync::Arc;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![100; (width * height) as usize]).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn a_picture_becomes_a_page_that_lies_or_stands_as_it_does() {
        for (width, height, page) in [(30, 20, [841.89, 595.28]), (20, 30, [595.28, 841.89])] {
            let made = document(&png(width, height), "Photo").unwrap();
            let read = Document::open(Arc::new(made.clone())).unwrap();
            let shown = read.page(1).unwrap();
            assert!((shown.width - page[0]).abs() < 0.1 && (shown.height - page[1]).abs() < 0.1);
            let judged = crate::intake::intake(Arc::new(made)).unwrap();
            assert!(judged.rewrite.is_empty() && judged.pages.len() == 1);
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(matches!(document(b"GIF89a", "x"), Err(InkRefusal::ImageUnreadable(_))));
    }
}
