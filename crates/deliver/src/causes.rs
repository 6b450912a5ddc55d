//! What lies beneath an error of the HTTP client.

use std::error::Error;
use std::io;

/// Looks for an error of one type beneath another. What an [`io::Error`] wraps is no source of it, so it is opened.
pub(crate) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        next = beneath(error);
    }
    None
}

/// Whether an encrypted connection failed at its handshake: rustls reports that as invalid data on the connection.
pub(crate) fn is_handshake(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        next = beneath(error);
    }
    false
}

fn beneath<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
