//! A signature in stages: [`Prepared`] (a revision with a gap), [`Digested`] (its hash is known), [`Signed`] (the gap
//! is filled). Each is a value that can be stored and taken up by another process.

mod copy;
mod digested;
mod error;
mod prepared;
mod signed;

pub use copy::sign_while_copying;
pub use digested::Digested;
pub use error::Error;
pub use prepared::Prepared;
pub use signed::Signed;
