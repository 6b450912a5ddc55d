//! Flags of fields (/Ff) and of widgets (/F).

/// ISO 32000-2 table 227: readers must not invite typing.
pub(super) const READ_ONLY: i64 = 1;
/// Table 227.
pub(super) const REQUIRED: i64 = 1 << 1;
/// Table 231: several lines.
pub(super) const MULTILINE: i64 = 1 << 12;
/// Table 229: one of the buttons is on at any time, once one was.
pub(super) const NO_TOGGLE_TO_OFF: i64 = 1 << 14;
/// Table 229.
pub(super) const RADIO: i64 = 1 << 15;
/// Table 229.
pub(super) const PUSH_BUTTON: i64 = 1 << 16;
/// Table 233: a drop-down, not a list that stands open.
pub(super) const COMBO: i64 = 1 << 17;
/// Table 231: /MaxLen boxes of one width.
pub(super) const COMB: i64 = 1 << 24;
/// Table 167, of the widget: it is printed.
pub(super) const PRINT: i64 = 1 << 2;
/// Table 233: a drop-down that takes other values too.
pub(super) const EDIT: i64 = 1 << 18;
