//! Events, projections, jobs and blobs: one interface, two databases, any object store.
