//! Events as evidence: canonical form, hash chain, commitments, offline check. Pure.
