//! Signatures made and judged, beside what others make of them.

mod attacks;
mod corpora;
mod envelope;
mod kit;
mod outside;
mod stages;
mod strangers;
mod timestamp;
mod verdicts;
