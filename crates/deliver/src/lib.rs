//! Mail and test messages: carries out what the rules want told.
