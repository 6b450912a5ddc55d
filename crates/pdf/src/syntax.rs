//! From bytes to objects (7.2, 7.3). Tolerant where readers are, bounded everywhere.

mod lexer;
mod parser;

pub(crate) use lexer::{Lexer, Token, is_delimiter, is_whitespace};
pub(crate) use parser::Parser;
