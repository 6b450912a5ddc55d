//! The use cases: load, decide, append, queue, in one transaction; and the workers.
