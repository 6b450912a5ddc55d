//! Clock, ids, PDFs, mailbox and a running server for tests.
