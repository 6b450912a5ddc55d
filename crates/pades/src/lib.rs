//! PAdES signatures in stages, and the verification of anyone's.
