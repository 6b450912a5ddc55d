//! The rules of signing: commands in, events or a refusal out. Pure.
