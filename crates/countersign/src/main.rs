//! An e-signature server in one binary.
fn main() {}
