//! The faces that are shipped packed, each unpacked when the first of its letters is asked for.

use std::io::Read;
use std::sync::OnceLock;

use brotli_decompressor::Decompressor;

macro_rules! packed {
    ($(#[$about:meta] $name:ident: $file:literal),+ $(,)?) => {$(
        #[$about]
        pub(super) fn $name() -> &'static [u8] {
            static UNPACKED: OnceLock<Vec<u8>> = OnceLock::new();
            UNPACKED.get_or_init(|| unpack(include_bytes!(concat!("../../assets/fonts/", $file))))
        }
    )+};
}

packed! {
    /// Noto Sans Devanagari.
    devanagari: "NotoSansDevanagari-Regular.ttf.br",
    /// Noto Sans SC: 3.6 MB packed, 7.5 MB unpacked.
    chinese: "NotoSansSC-Regular.ttf.br",
    /// Noto Sans Arabic.
    arabic: "NotoSansArabic-Regular.ttf.br",
    /// Noto Sans Hebrew.
    hebrew: "NotoSansHebrew-Regular.ttf.br",
}

fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut program = Vec::new();
    Decompressor::new(packed, 1 << 16)
        .read_to_end(&mut program)
        .expect("the shipped faces are sound brotli streams; a test opens each");
    program
}
