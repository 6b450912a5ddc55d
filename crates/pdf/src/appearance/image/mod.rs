//! A picture of a signature as an image XObject (ISO 32000-2 8.9.5).

mod exif;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use super::canvas::Canvas;
use super::frame::Area;
use super::ink::{IMAGE_BYTES_MAX, IMAGE_SIDE_MAX, InkRefusal};
use super::shared::{Picture, Shared};
use crate::fonts::NewObjects;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xFF\xD8\xFF";

/// Whether the picture can be used: format, limits, and that every pixel can be read.
pub(super) fn check(bytes: &[u8]) -> Result<(), InkRefusal> {
    within_size(bytes)?;
    if bytes.starts_with(PNG) {
        png::decode(bytes).map(drop)
    } else if bytes.starts_with(JPEG) {
        jpeg::Header::read(bytes).map(drop)
    } else {
        Err(InkRefusal::ImageUnreadable("it is neither PNG nor JPEG"))
    }
}

/// Draws the picture as large as `area` allows, keeping its proportions: in the middle of the height, and so far from the
/// left as `aside` says of the room beside it (0 at the left, 0.5 in the middle).
/// The same picture in several places of one revision is written once.
pub(crate) fn image(canvas: &mut Canvas<'_>, area: Area, aside: f64, bytes: &[u8]) -> Result<(), InkRefusal> {
    let picture = put(canvas.objects, canvas.shared, bytes)?;
    let scale = area.scale_for(picture.width, picture.height);
    let (width, height) = (picture.width * scale, picture.height * scale);
    let lift = area.y + (area.height - height) / 2.0;
    let left = area.x + (area.width - width) * aside;
    let [a, b, c, d, e, f] = picture.turn;
    // The picture's own turn happens in the unit square; then the square is stretched and moved into its place.
    canvas.image(
        picture.id,
        [a * width, b * height, c * width, d * height, e * width + left, f * height + lift],
    );
    Ok(())
}

/// Writes the picture where that was not done yet.
fn put(objects: &mut dyn NewObjects, shared: &mut Shared, bytes: &[u8]) -> Result<Picture, InkRefusal> {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    if let Some(known) = shared.picture(digest) {
        return Ok(known);
    }
    let written = write(objects, bytes)?;
    shared.remember(digest, written);
    Ok(written)
}

/// Writes the picture and gives its width and height in pixels, as it is shown.
pub(crate) fn measured(
    objects: &mut dyn NewObjects,
    shared: &mut Shared,
    bytes: &[u8],
) -> Result<[f64; 2], InkRefusal> {
    put(objects, shared, bytes).map(|it| [it.width, it.height])
}

fn write(objects: &mut dyn NewObjects, bytes: &[u8]) -> Result<Picture, InkRefusal> {
    within_size(bytes)?;
    if bytes.starts_with(PNG) {
        Ok(png::decode(bytes)?.write(objects))
    } else if bytes.starts_with(JPEG) {
        Ok(jpeg::Header::read(bytes)?.write(bytes, objects))
    } else {
        Err(InkRefusal::ImageUnreadable("it is neither PNG nor JPEG"))
    }
}

fn within_size(bytes: &[u8]) -> Result<(), InkRefusal> {
    if bytes.len() > IMAGE_BYTES_MAX {
        return Err(InkRefusal::TooLarge("a picture has at most 5 MB"));
    }
    Ok(())
}

fn within_sides(width: u32, height: u32) -> Result<(), InkRefusal> {
    if width == 0 || height == 0 {
        return Err(InkRefusal::Empty);
    }
    if width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX {
        return Err(InkRefusal::TooLarge("a picture has at most 4096 x 4096 pixels"));
    }
    Ok(())
}
