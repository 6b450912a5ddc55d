//! The rules, each with its limit and the twin on the other side. One program, since to link one is quicker than to
//! link fifteen, above all when every change to the rules is tried; one file for each operation.

mod given;

mod acts;
mod cancel;
mod ceremony;
mod completion;
mod contacts;
mod create;
mod decline;
mod drafts_counts;
mod drafts_fields;
mod drafts_signed;
mod drafts_words;
mod events;
mod events_people;
mod expire;
mod expiry_day;
mod identity;
mod identity_elsewhere;
mod identity_limits;
mod issue_link;
mod mails;
mod messages;
mod methods;
mod methods_known;
mod own_key;
mod people;
mod people_asked;
mod progress;
mod properties;
mod returns;
mod revise;
mod roles;
mod roles_acts;
mod seal;
mod seeds;
mod send;
mod sign;
mod time;
mod undelivered;
mod visit;
mod whose;
mod words;
