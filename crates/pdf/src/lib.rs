//! Reads a PDF lazily, measures its pages and appends one revision at a time. Pure.
