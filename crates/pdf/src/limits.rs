//! How much a stranger's file may ask of us. Each constant says why it has its size; each has a test on either side.

/// The header has to start within this many bytes (ISO 32000-1 Annex H.3, note 13).
pub const HEADER_SEARCH_BYTES: u64 = 1024;
/// `startxref` is looked for in this many last bytes; some producers pad generously.
pub const STARTXREF_SEARCH_BYTES: u64 = 4096;
/// Arrays and dictionaries within each other. Written files stay below 20; the parser recurses, so it is bounded.
pub const NESTING_MAX: usize = 128;
/// Bytes of one object without its stream data. The largest honest ones are `/Kids` and `/W` arrays.
pub const OBJECT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Values in one object: 80 bytes each in memory, so 40 MB at the most.
pub const VALUES_MAX: usize = 500_000;
/// Bytes of a stream after decoding.
pub const DECODED_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of an object stream after decoding.
pub const OBJECT_STREAM_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Decoded object streams that are kept for the next question, in bytes (one is always kept).
pub const OBJECT_STREAM_CACHE_BYTES: usize = 4 * 1024 * 1024;
/// Filters on one stream; ISO 32000-2 sets none, nobody uses more than three.
pub const FILTERS_MAX: usize = 8;
/// Entries in all cross-reference sections together, 12 bytes each.
pub const ENTRIES_MAX: usize = 2_000_000;
/// Object numbers, ISO 32000-1 Annex C.2.
pub const OBJECT_NUMBER_MAX: u32 = 8_388_607;
/// Cross-reference sections, that is, revisions of one file.
pub const SECTIONS_MAX: usize = 2_000;
/// Pages.
pub const PAGES_MAX: usize = 50_000;
/// Depth of the page tree and of the field tree. Neither is walked by recursion, so depth alone costs nothing.
pub const TREE_DEPTH_MAX: usize = 1_000;
/// Form fields.
pub const FIELDS_MAX: usize = 50_000;
/// Bytes of a field's full name: partial names would be multiplied by the depth of the tree.
pub const FIELD_NAME_BYTES_MAX: usize = 16 * 1024;
/// References that lead to references (7.3.10 allows them; a circle must end).
pub const REFERENCES_MAX: usize = 32;
/// Work that may be done for one open document, whatever its size. The unit is a byte copied or decoded. Everything in
/// an honest file can be looked at several times; the same 8 MB cannot be looked at for each of its pages.
pub const WORK_BASE: u64 = 512 * 1024 * 1024;
/// What each byte of the file adds to it.
pub const WORK_PER_FILE_BYTE: u64 = 16;
/// What parsing a byte costs beside copying one.
pub const WORK_PER_PARSED_BYTE: u64 = 4;
/// What looking for an object costs, however short it is.
pub const WORK_PER_LOOK: u64 = 384;
/// Values and names that a walk keeps in memory until its end, in values (of about 80 bytes); see `Object::weight`.
pub const KEPT_WEIGHT_MAX: usize = 1_000_000;
/// Operators of one page, its forms included. Maps and plans have a few hundred thousand.
pub const PAGE_OPERATORS_MAX: usize = 4_000_000;
/// Glyphs on one page, about 200 bytes each in memory. A page of a newspaper has 30,000.
pub const PAGE_GLYPHS_MAX: usize = 200_000;
/// Forms within forms (8.10); the interpreter recurses, so it is bounded.
pub const FORM_DEPTH_MAX: usize = 16;
/// Graphics states that are saved within each other; ISO 32000-1 Annex C.2 says 28.
pub const GRAPHICS_STATES_MAX: usize = 512;
/// Fonts that are kept for the next page of the same document.
pub const KEPT_FONTS_MAX: usize = 256;
/// Annotations whose text is read on one page.
pub const PAGE_ANNOTATIONS_MAX: usize = 10_000;
