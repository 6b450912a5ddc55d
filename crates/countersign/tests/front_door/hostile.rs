//! Files that are made to hurt whoever draws them, and that are in order otherwise.

use std::fmt::Write;

/// A file of these objects, numbered from 1; the first one is the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(
        format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    bytes
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// One page whose content is object 4 with these resources.
fn one_page(resources: &str, mut more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> /Contents 4 0 R >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
    ];
    objects.append(&mut more);
    file(&objects)
}

/// A page that is drawn in a billion years: each form is drawn sixteen times by the one before it.
pub fn endless() -> Vec<u8> {
    const DEEP: usize = 12;
    let sixteen = "/F Do ".repeat(16);
    let mut objects = vec![stream("", sixteen.as_bytes())];
    for depth in 0..DEEP {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F {} 0 R >> >>",
            6 + depth
        );
        objects.push(stream(&entries, sixteen.as_bytes()));
    }
    objects.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"0 0 9 9 re f"));
    one_page("/XObject << /F 5 0 R >>", objects)
}

/// A page with a picture that has more pixels than any memory holds, in a few bytes.
pub fn voracious() -> Vec<u8> {
    const SIDE: usize = 32_000;
    let packed = zeros(SIDE * SIDE * 3);
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width {SIDE} /Height {SIDE} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    );
    one_page(
        "/XObject << /I 5 0 R >>",
        vec![stream("", b"595 0 0 842 0 0 cm /I Do"), stream(&entries, &packed)],
    )
}

/// So many zeros, compressed.
fn zeros(count: usize) -> Vec<u8> {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write as _;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let chunk = vec![0; 1 << 20];
    let mut left = count;
    while left > 0 {
        let size = left.min(chunk.len());
        encoder.write_all(&chunk[..size]).unwrap();
        left -= size;
    }
    encoder.finish().unwrap()
}
