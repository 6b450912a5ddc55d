//! Small PDFs, written out by hand so that a test sees every byte of them.

use std::sync::Arc;

use pdf::{Document, Error};

/// Objects in their order, and what the trailer says beside /Size.
pub struct Small {
    pub before_header: Vec<u8>,
    pub objects: Vec<(u32, Vec<u8>)>,
    pub trailer: String,
}

impl Small {
    /// A catalog (1), a page tree (2) with one page (3) of 200 x 100 points.
    pub fn one_page() -> Self {
        Self {
            before_header: Vec::new(),
            objects: Vec::new(),
            trailer:
                "/Root 1 0 R /ID [<30313233343536373839616263646566> <30313233343536373839616263646566>]"
                    .into(),
        }
        .with(1, "<</Type/Catalog/Pages 2 0 R>>")
        .with(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>")
    }

    /// Adds an object or replaces it.
    pub fn with(mut self, number: u32, body: impl AsRef<[u8]>) -> Self {
        self.objects.retain(|(known, _)| *known != number);
        self.objects.push((number, body.as_ref().to_vec()));
        self.objects.sort_by_key(|(number, _)| *number);
        self
    }

    pub fn with_stream(self, number: u32, dictionary: &str, data: &[u8]) -> Self {
        let mut body = format!("<<{dictionary}/Length {}>>stream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.with(number, body)
    }

    pub fn with_trailer(mut self, trailer: &str) -> Self {
        self.trailer = trailer.to_owned();
        self
    }

    fn body(&self) -> (Vec<u8>, Vec<(u32, usize)>) {
        let mut out = self.before_header.clone();
        out.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        let mut offsets = Vec::new();
        for (number, body) in &self.objects {
            offsets.push((*number, out.len() - self.before_header.len()));
            out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        (out, offsets)
    }

    /// With a cross-reference table.
    pub fn table(&self) -> Vec<u8> {
        let (mut out, offsets) = self.body();
        let start = out.len() - self.before_header.len();
        let size = offsets.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        out.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, offset) in offsets {
            out.extend_from_slice(format!("{number} 1\n{offset:010} 00000 n \n").as_bytes());
        }
        out.extend_from_slice(format!("trailer\n<</Size {size} {}>>\n", self.trailer).as_bytes());
        out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        out
    }

    /// With a cross-reference stream of the highest number plus one, which lists itself.
    pub fn stream(&self) -> Vec<u8> {
        let (mut out, mut offsets) = self.body();
        let start = out.len() - self.before_header.len();
        let own = offsets.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        offsets.push((own, start));
        let mut data = Vec::new();
        let mut index = String::new();
        for (number, offset) in offsets {
            index.push_str(&format!("{number} 1 "));
            data.push(1);
            data.extend_from_slice(&u32::try_from(offset).expect("small").to_be_bytes());
            data.push(0);
        }
        let length = data.len();
        out.extend_from_slice(
            format!(
                "{own} 0 obj\n<</Type/XRef/Size {}/W[1 4 1]/Index[{index}]/Length {length} {}>>stream\n",
                own + 1,
                self.trailer
            )
            .as_bytes(),
        );
        out.extend_from_slice(&data);
        out.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
        out
    }
}

/// A hybrid file: object 4 is hidden from readers that know tables alone.
pub fn hybrid() -> Vec<u8> {
    let base = Small::one_page().with(4, "(hidden)");
    let (mut out, offsets) = base.body();
    let hidden = offsets.iter().find(|(number, _)| *number == 4).expect("object 4").1;
    let stream = out.len();
    let mut data = vec![1];
    data.extend_from_slice(&u32::try_from(hidden).expect("small").to_be_bytes());
    data.push(0);
    out.extend_from_slice(b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Index[4 1]/Length 6>>stream\n");
    out.extend_from_slice(&data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
    let start = out.len();
    out.extend_from_slice(b"xref\n0 5\n0000000004 65535 f \n");
    for (_, offset) in offsets.iter().take(3) {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(b"0000000000 65535 f \n");
    out.extend_from_slice(
        format!("trailer\n<</Size 6/XRefStm {stream} {}>>\nstartxref\n{start}\n%%EOF\n", base.trailer)
            .as_bytes(),
    );
    out
}

pub fn open(bytes: &[u8]) -> Result<Document, Error> {
    Document::open(Arc::new(bytes.to_vec()))
}

pub fn with_tail(base: &[u8], tail: &pdf::Tail) -> Vec<u8> {
    [base, &tail.bytes].concat()
}
