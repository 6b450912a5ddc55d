//! Addresses by which somebody without an account works on one draft of a tenant.
//!
//! Their holder reaches that draft and the uploads that belong to it, and nothing else that is the tenant's: what may be
//! asked of an envelope the rules say (`envelope::edit_link`), what may be asked at all the routes say, of which only those
//! that name [`Holder`] let one in.

mod holder;
mod make;
mod work;

pub use holder::{Holder, OpenedEditLink, Whence};
pub use make::{MadeEditLink, NewEditLink};
pub(crate) use work::belongs;
