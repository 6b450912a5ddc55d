//! What stands in a box on a page: Form XObjects (ISO 32000-2 8.10) that a widget's /AP names.
//!
//! Everything is drawn upright in a box of W x H points with the origin in its lower left corner; [`Frame`] turns the
//! result for pages with a /Rotate. Read first: [`Canvas`] (content and the resources it needs), [`Ink`] (what a
//! person gives as a signature), [`signature`] (ink and caption in one box). To add a kind of ink: a variant in
//! `ink.rs`, its limits in its `check`, its drawing in a file of its own.

mod canvas;
mod caption;
mod check_mark;
mod deflate;
mod frame;
pub(crate) mod image;
mod ink;
mod number;
mod outline;
mod picture;
mod radio_button;
mod shared;
mod signature;
mod strokes;
mod text_line;
mod text_style;
mod typed;

#[cfg(test)]
mod tests;

pub use canvas::Canvas;
pub(crate) use canvas::numbers;
pub use check_mark::{check_box_off, check_box_on};
pub(crate) use deflate::deflated;
pub use frame::{Area, Frame};
pub use ink::{Ink, InkRefusal};
pub(crate) use number::number;
pub use outline::outlined_text;
pub use picture::picture;
pub use radio_button::{radio_off, radio_on};
pub use shared::Shared;
pub use signature::signature;
pub use text_line::{text_block, text_boxes, text_line};
pub use text_style::{Align, Family, TextStyle};
