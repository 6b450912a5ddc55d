//! Fonts that pages share, read once.

use std::collections::HashMap;
use std::sync::Arc;

use super::Document;
use crate::error::Error;
use crate::limits::KEPT_FONTS_MAX;
use crate::object::{Object, ObjectId};
use crate::text::Font;

/// Fonts by their objects; `None` for what is no font.
pub(super) type Kept = HashMap<ObjectId, Option<Arc<Font>>>;

impl Document {
    /// The font that a resource names; `None` where it is none.
    pub(crate) fn font(&self, object: &Object) -> Result<Option<Arc<Font>>, Error> {
        let id = object.as_reference();
        if let Some(id) = id
            && let Ok(kept) = self.fonts.lock()
            && let Some(font) = kept.get(&id)
        {
            return Ok(font.clone());
        }
        let font = match self.resolve(object) {
            Ok(Object::Dictionary(dictionary)) => Some(Arc::new(Font::load(self, &dictionary)?)),
            Err(error @ Error::Read(_)) => return Err(error),
            _ => None,
        };
        if let Some(id) = id
            && let Ok(mut kept) = self.fonts.lock()
        {
            if kept.len() >= KEPT_FONTS_MAX {
                kept.clear();
            }
            kept.insert(id, font.clone());
        }
        Ok(font)
    }
}
