//! The rules, each with its limit and the twin on the other side. One program, since to link one is quicker than to
//! link fifteen, above all when every change to the rules is tried; one file for each operation.

mod given;

mod acts;
mod cancel;
mod create;
mod decline;
mod drafts_counts;
mod drafts_fields;
mod drafts_signed;
mod drafts_words;
mod events;
mod expire;
mod expiry_day;
mod issue_link;
mod messages;
mod progress;
mod properties;

mod revise;
mod seal;
mod send;
mod sign;
mod visit;
mod words;
