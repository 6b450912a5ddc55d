use super::*;
use crate::appearance::{Frame, Shared};
use crate::fonts::loose::{Loose, inflated};
use crate::object::{Dictionary, Object};

fn png(width: u32, height: u32, colour: ::png::ColorType, depth: ::png::BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ::png::ColorType::Indexed {
        encoder.set_palette(vec![10, 20, 30, 40, 50, 60]);
        encoder.set_trns(vec![255, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The content and the objects of a picture in a box of 100 x 40 points.
fn drawn(bytes: &[u8]) -> (String, Loose) {
    let (mut objects, mut shared) = (Loose::default(), Shared::new());
    let mut canvas = Canvas::new(&mut objects, &mut shared);
    image(&mut canvas, Frame::upright(100.0, 40.0).area(), 0.0, bytes).expect("a readable picture");
    let content = canvas.into_parts().0;
    (content, objects)
}

fn only_picture(objects: &Loose) -> (&Object, &Dictionary) {
    let mut pictures = objects.objects.values().filter(|object| {
        object
            .as_dictionary()
            .is_some_and(|image| image.has("SMask") || !image.is("ColorSpace", "DeviceGray"))
    });
    let picture = pictures.next().expect("a picture");
    (picture, picture.as_dictionary().expect("a stream"))
}

#[test]
fn colours_and_transparency_of_a_png_go_into_an_image_and_its_mask() {
    let pixels = [1, 2, 3, 255, 4, 5, 6, 128];
    let (content, objects) = drawn(&png(2, 1, ::png::ColorType::Rgba, ::png::BitDepth::Eight, &pixels));
    assert_eq!(content, "q\n80 0 0 40 0 0 cm\n/CsImage1 Do\nQ\n");
    let (picture, dictionary) = only_picture(&objects);
    assert_eq!(inflated(picture), [1, 2, 3, 4, 5, 6]);
    let mask = dictionary.get("SMask").and_then(Object::as_reference).expect("a mask");
    assert_eq!(inflated(&objects.objects[&mask]), [255, 128]);
}

#[test]
fn an_opaque_png_has_no_mask() {
    let (_, objects) = drawn(&png(1, 1, ::png::ColorType::Rgba, ::png::BitDepth::Eight, &[1, 2, 3, 255]));
    assert_eq!(objects.objects.len(), 1);
}

#[test]
fn palettes_and_sixteen_bits_come_down_to_eight_bits_a_colour() {
    let (_, objects) = drawn(&png(2, 1, ::png::ColorType::Indexed, ::png::BitDepth::One, &[0b0100_0000]));
    let (picture, dictionary) = only_picture(&objects);
    assert_eq!(inflated(picture), [10, 20, 30, 40, 50, 60]);
    assert!(dictionary.has("SMask"));

    let deep = [0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC];
    let (_, objects) = drawn(&png(1, 1, ::png::ColorType::Rgb, ::png::BitDepth::Sixteen, &deep));
    assert_eq!(inflated(only_picture(&objects).0), [0x12, 0x56, 0x9A]);
}

#[test]
fn a_wholly_transparent_png_is_empty() {
    let clear = png(1, 1, ::png::ColorType::Rgba, ::png::BitDepth::Eight, &[1, 2, 3, 0]);
    assert_eq!(check(&clear), Err(InkRefusal::Empty));
}

#[test]
fn a_png_cut_short_is_unreadable() {
    let whole = png(9, 9, ::png::ColorType::Grayscale, ::png::BitDepth::Eight, &(0..81).collect::<Vec<u8>>());
    assert_eq!(check(&whole), Ok(()));
    let cut = whole.get(..whole.len() - 40).unwrap();
    assert_eq!(check(cut).map_err(|refusal| refusal.code()), Err("image_unreadable"));
}

#[test]
fn a_side_of_4096_pixels_passes_and_one_more_is_refused() {
    let wide = |width: u32| {
        png(width, 1, ::png::ColorType::Grayscale, ::png::BitDepth::Eight, &vec![7; width as usize])
    };
    assert_eq!(check(&wide(4096)), Ok(()));
    assert_eq!(check(&wide(4097)).map_err(|refusal| refusal.code()), Err("ink_too_large"));
    assert_eq!(check(&jpeg(4096, 1, 3, &[])), Ok(()));
    assert_eq!(check(&jpeg(1, 4097, 3, &[])).map_err(|refusal| refusal.code()), Err("ink_too_large"));
}

/// The marker segments of a JPEG; its scan holds no picture, which passing through does not need.
fn jpeg(width: u16, height: u16, components: u8, more: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    bytes.extend(more);
    bytes.extend([0xFF, 0xC2, 0, 8 + 3 * components, 8]);
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.push(components);
    (0..components).for_each(|component| bytes.extend([component, 0x11, 0]));
    bytes.extend([0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
    bytes
}

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], length.as_slice(), payload].concat()
}

#[test]
fn a_jpeg_passes_through_without_its_metadata() {
    let talk = [segment(0xE1, b"Exif\0\0MM\0*place"), segment(0xFE, b"by me")].concat();
    let (content, objects) = drawn(&jpeg(30, 60, 3, &talk));
    assert_eq!(content, "q\n20 0 0 40 0 0 cm\n/CsImage1 Do\nQ\n");
    let (picture, dictionary) = only_picture(&objects);
    assert_eq!(picture.as_stream().unwrap().data, jpeg(30, 60, 3, &[]));
    assert!(dictionary.is("Filter", "DCTDecode") && dictionary.is("ColorSpace", "DeviceRGB"));
}

#[test]
fn four_inks_are_inverted_where_adobe_wrote_them() {
    let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    let (_, objects) = drawn(&jpeg(3, 6, 4, &adobe));
    assert!(only_picture(&objects).1.has("Decode"));
    let (_, objects) = drawn(&jpeg(3, 6, 4, &[]));
    assert!(!only_picture(&objects).1.has("Decode"));
}

fn photograph(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0]);
    jpeg(30, 60, 3, &segment(0xE1, &exif))
}

#[test]
fn a_photograph_taken_sideways_is_turned_upright() {
    // The telephone lay on its right side: what is stored 30 x 60 is shown 60 x 30.
    assert_eq!(drawn(&photograph(6)).0, "q\n0 -40 80 0 0 40 cm\n/CsImage1 Do\nQ\n");
    assert_eq!(drawn(&photograph(3)).0, "q\n-20 0 0 -40 20 40 cm\n/CsImage1 Do\nQ\n");
    assert_eq!(drawn(&photograph(9)).0, drawn(&photograph(1)).0);
}

#[test]
fn what_is_no_picture_or_half_of_one_is_unreadable() {
    let whole = jpeg(3, 6, 3, &[]);
    let cut = whole.get(..whole.len() - 2).unwrap();
    let lossless = whole.iter().map(|byte| if *byte == 0xC2 { 0xC3 } else { *byte }).collect::<Vec<_>>();
    for bytes in [b"GIF89a".as_slice(), b"\xFF\xD8\xFF", cut, &lossless, &jpeg(3, 6, 2, &[]), b""] {
        assert_eq!(check(bytes).map_err(|refusal| refusal.code()), Err("image_unreadable"), "{bytes:?}");
    }
}

#[test]
fn the_same_picture_in_two_places_is_written_once() {
    let bytes = png(1, 1, ::png::ColorType::Rgb, ::png::BitDepth::Eight, &[1, 2, 3]);
    let (mut objects, mut shared) = (Loose::default(), Shared::new());
    for _ in 0..2 {
        let mut canvas = Canvas::new(&mut objects, &mut shared);
        image(&mut canvas, Frame::upright(10.0, 10.0).area(), 0.0, &bytes).unwrap();
    }
    assert_eq!(objects.objects.len(), 1);
}
