//! One recipient's visit, from the link to the last click.

mod attach;
mod authenticator;
mod challenge;
mod consent;
mod consent_text;
mod decline;
mod delegate;
mod fill;
mod finish;
mod place;
mod renew;
mod sign_in;
mod view;
mod visit;

pub use authenticator::Device;
pub(crate) use challenge::destination;
pub use challenge::{Admission, Challenge};
pub use consent_text::{Asked, CONSENT_VERSION, Consent};
pub use finish::{FinishInput, Finished};
pub use view::{CeremonyState, CeremonyView};
pub(crate) use visit::{EMAIL_LINK, HANDED_LINK, TENANT_LETTERS};
pub use visit::{Visit, Visitor};

pub use crate::documents::ink::AdoptedInk;
