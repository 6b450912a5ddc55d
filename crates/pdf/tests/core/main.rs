//! The reader, the writer and the intake, seen from outside. Files are made in `small`, byte by byte.

mod combining;
mod combining_by_hand;
mod covering;
mod erasing;
mod erasing_by_hand;
mod form_places;
mod intake;
mod mutation;
mod reading;
mod revision;
mod small;
mod text;
mod text_fuzz;
mod text_golden;
