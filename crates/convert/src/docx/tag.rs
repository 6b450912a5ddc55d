//! What stands between two pairs of braces.

use super::TemplateError;

/// A tag of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// The value of this name.
    Value(String),
    /// What follows stands there if this name is true.
    If(String),
    /// And otherwise this.
    Else,
    /// The end of a condition.
    EndIf,
    /// What follows stands there for each entry.
    For {
        /// What an entry is called.
        item: String,
        /// The list.
        list: String,
    },
    /// The end of a loop.
    EndFor,
}

impl Tag {
    /// Reads the words between the braces; nothing where it is a tag for a field.
    pub(super) fn read(words: &str) -> Result<Option<Self>, TemplateError> {
        if words.contains(':') {
            return Ok(None);
        }
        let malformed = || TemplateError::Malformed { tag: format!("{{{{{words}}}}}") };
        let pieces: Vec<&str> = words.split_whitespace().collect();
        let tag = match pieces.as_slice() {
            ["else"] => Self::Else,
            ["endif"] => Self::EndIf,
            ["endfor"] => Self::EndFor,
            ["if", name] => Self::If((*name).to_owned()),
            ["for", item, "in", list] if !item.contains('.') => {
                Self::For { item: (*item).to_owned(), list: (*list).to_owned() }
            }
            [name] => Self::Value((*name).to_owned()),
            _ => return Err(malformed()),
        };
        let is_name = |name: &str| {
            name.split('.').all(|key| {
                !key.is_empty() && key.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '-')
            })
        };
        let named = match &tag {
            Self::Value(name) | Self::If(name) => is_name(name),
            Self::For { item, list } => is_name(item) && is_name(list),
            Self::Else | Self::EndIf | Self::EndFor => true,
        };
        if named { Ok(Some(tag)) } else { Err(malformed()) }
    }

    /// Whether it says what follows, instead of standing for a value.
    pub(super) fn is_control(&self) -> bool {
        !matches!(self, Self::Value(_))
    }

    /// As it stands in the template.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Value(name) => format!("{{{{{name}}}}}"),
            Self::If(name) => format!("{{{{if {name}}}}}"),
            Self::Else => "{{else}}".to_owned(),
            Self::EndIf => "{{endif}}".to_owned(),
            Self::For { item, list } => format!("{{{{for {item} in {list}}}}}"),
            Self::EndFor => "{{endfor}}".to_owned(),
        }
    }
}
