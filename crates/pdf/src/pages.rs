//! The page tree (7.7.3): walked once, without recursion, each node at most once.

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::error::{Error, Limit};
use crate::geometry::Page;
use crate::limits::{KEPT_WEIGHT_MAX, PAGES_MAX, TREE_DEPTH_MAX};
use crate::object::{Dictionary, Object, ObjectId};

/// The leaves of the page tree in their order.
pub(crate) struct PageTree {
    leaves: Vec<Leaf>,
    inherited: Vec<Inherited>,
    /// Pages that are no indirect objects, so that no revision can put an annotation on them, with their places.
    direct: HashMap<usize, Dictionary>,
    /// A tree that readers understand in different ways: a circle, a node that is missing or no dictionary, a page
    /// that stands in it twice, a root without kids.
    odd: bool,
}

#[derive(Clone, Copy)]
struct Leaf {
    id: ObjectId,
    inherited: usize,
}

/// Attributes from the nodes above (table 31). Resources can be large, so only their owner is kept.
#[derive(Clone, Copy, Default, PartialEq)]
struct Inherited {
    media_box: Option<[f64; 4]>,
    crop_box: Option<[f64; 4]>,
    rotate: Option<i64>,
    resources_of: Option<ObjectId>,
}

/// Paper of a page that says nothing: US Letter, as other readers take it.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

impl PageTree {
    pub(crate) fn walk(document: &Document) -> Result<Self, Error> {
        let mut tree = Self {
            leaves: Vec::new(),
            inherited: vec![Inherited::default()],
            direct: HashMap::new(),
            odd: false,
        };
        let mut seen = HashSet::new();
        let mut leaves = HashSet::new();
        let mut kept = 0_usize;
        let catalog = document.catalog_id()?;
        let root = document.catalog()?.get("Pages").cloned().unwrap_or(Object::Null);
        // Node, depth, attributes from above.
        let mut open = vec![(root, 0_usize, 0_usize)];
        while let Some((node, depth, above)) = open.pop() {
            if depth > TREE_DEPTH_MAX {
                return Err(Error::TooComplex(Limit::Nesting));
            }
            // A stream (`head`) cannot be a page; a missing or damaged node is passed over as other readers do.
            let dictionary = match &node {
                Object::Reference(id) => match document.head(*id) {
                    Ok(Object::Dictionary(dictionary)) => dictionary,
                    Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
                    _ => {
                        tree.odd = true;
                        continue;
                    }
                },
                Object::Dictionary(dictionary) => dictionary.clone(),
                _ => {
                    tree.odd = true;
                    continue;
                }
            };
            let kids = match document.lookup(&dictionary, "Kids")? {
                Object::Array(kids) if !dictionary.is("Type", "Page") => kids,
                _ => {
                    // A page stands in the tree once, and the catalog, which some broken files name there, never.
                    let id = node.as_reference();
                    tree.odd |= depth == 0 || id == Some(catalog) || id.is_some_and(|id| !leaves.insert(id));
                    tree.add_leaf(&node, dictionary, above)?;
                    continue;
                }
            };
            if let Object::Reference(id) = node
                && !seen.insert(id)
            {
                tree.odd = true;
                continue;
            }
            let here = tree.inherit(document, &node, &dictionary, above)?;
            kept = kids.iter().fold(kept, |sum, kid| sum.saturating_add(kid.weight()));
            if kept > KEPT_WEIGHT_MAX {
                return Err(Error::TooComplex(Limit::Pages));
            }
            open.extend(kids.into_iter().rev().map(|kid| (kid, depth.saturating_add(1), here)));
        }
        tree.leaves.shrink_to_fit();
        // Readers that believe /Count show another number of pages than those that walk.
        let count = document.lookup(&document.catalog()?, "Pages")?;
        let count =
            count.as_dictionary().and_then(|root| root.get("Count")).map(|count| document.resolve(count));
        let count = count.transpose()?.and_then(|count| count.as_integer());
        tree.odd |= count.is_some_and(|count| usize::try_from(count) != Ok(tree.leaves.len()));
        Ok(tree)
    }

    fn add_leaf(&mut self, node: &Object, dictionary: Dictionary, above: usize) -> Result<(), Error> {
        if self.leaves.len() >= PAGES_MAX {
            return Err(Error::TooComplex(Limit::Pages));
        }
        if node.as_reference().is_none() {
            self.direct.insert(self.leaves.len(), dictionary);
        }
        // Object 0 is never in use (7.5.4), so it stands for a page that is not indirect.
        let id = node.as_reference().unwrap_or(ObjectId::new(0));
        self.leaves.push(Leaf { id, inherited: above });
        Ok(())
    }

    fn inherit(
        &mut self,
        document: &Document,
        node: &Object,
        dictionary: &Dictionary,
        above: usize,
    ) -> Result<usize, Error> {
        let mut here = self.inherited.get(above).copied().unwrap_or_default();
        let before = here;
        here.media_box = rectangle(document, dictionary, "MediaBox")?.or(here.media_box);
        here.crop_box = rectangle(document, dictionary, "CropBox")?.or(here.crop_box);
        here.rotate = document.lookup(dictionary, "Rotate")?.as_integer().or(here.rotate);
        if dictionary.has("Resources") {
            here.resources_of = node.as_reference().or(here.resources_of);
        }
        if here == before {
            return Ok(above);
        }
        self.inherited.push(here);
        Ok(self.inherited.len().saturating_sub(1))
    }

    pub(crate) fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether the tree has to be written anew before a revision is added.
    pub(crate) fn is_odd(&self) -> bool {
        self.odd || !self.direct.is_empty()
    }

    /// The dictionary of a page that is not indirect, by its place from 0.
    pub(crate) fn direct_page(&self, place: usize) -> Option<&Dictionary> {
        self.direct.get(&place)
    }

    /// Nodes whose resources pages inherit.
    pub(crate) fn resource_owners(&self) -> impl Iterator<Item = ObjectId> {
        self.inherited.iter().filter_map(|inherited| inherited.resources_of)
    }

    /// Writes into a page's dictionary what it inherits, so that it stands without the nodes above it. Resources are
    /// named by the object that `resources` gives for their owner: a copy in each page could grow without bound.
    pub(crate) fn make_explicit(
        &self,
        place: usize,
        dictionary: &mut Dictionary,
        resources: &HashMap<ObjectId, ObjectId>,
    ) {
        let above = self.leaves.get(place).and_then(|leaf| self.inherited.get(leaf.inherited));
        let above = above.copied().unwrap_or_default();
        for (key, corners) in [("MediaBox", above.media_box), ("CropBox", above.crop_box)] {
            if let (false, Some(corners)) = (dictionary.has(key), corners) {
                dictionary.set(key, Object::numbers(&corners));
            }
        }
        if let (false, Some(rotate)) = (dictionary.has("Rotate"), above.rotate) {
            dictionary.set("Rotate", rotate);
        }
        if let (false, Some(owner)) = (dictionary.has("Resources"), above.resources_of)
            && let Some(shared) = resources.get(&owner)
        {
            dictionary.set("Resources", *shared);
        }
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = ObjectId> {
        self.leaves.iter().map(|leaf| leaf.id)
    }

    pub(crate) fn page(&self, document: &Document, number: u32) -> Result<Page, Error> {
        let leaf = usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_sub(1))
            .and_then(|place| self.leaves.get(place))
            .ok_or(Error::NoSuchPage(number))?;
        let bad = Error::BadObject { id: leaf.id, expected: "a page" };
        let Object::Dictionary(dictionary) = document.head(leaf.id)? else { return Err(bad) };
        let above = self.inherited.get(leaf.inherited).copied().unwrap_or_default();
        let media_box = rectangle(document, &dictionary, "MediaBox")?.or(above.media_box).unwrap_or(LETTER);
        let crop_box = rectangle(document, &dictionary, "CropBox")?.or(above.crop_box);
        let crop_box = crop_box.and_then(|crop| intersection(crop, media_box)).unwrap_or(media_box);
        let rotate = document.lookup(&dictionary, "Rotate")?.as_integer().or(above.rotate).unwrap_or(0);
        let rotate = match rotate.rem_euclid(360) {
            90 => 90,
            180 => 180,
            270 => 270,
            _ => 0,
        };
        let user_unit = document
            .lookup(&dictionary, "UserUnit")?
            .as_number()
            .filter(|unit| (1e-3..=1e4).contains(unit))
            .unwrap_or(1.0);
        let resources = match (dictionary.has("Resources"), above.resources_of) {
            (false, Some(owner)) => match document.head(owner)? {
                Object::Dictionary(node) => document.lookup(&node, "Resources")?,
                _ => Object::Null,
            },
            _ => document.lookup(&dictionary, "Resources")?,
        };
        let [left, bottom, right, top] = crop_box;
        let (across, up) = ((right - left) * user_unit, (top - bottom) * user_unit);
        let (width, height) = if rotate % 180 == 0 { (across, up) } else { (up, across) };
        Ok(Page {
            number,
            id: leaf.id,
            dictionary,
            resources: if let Object::Dictionary(resources) = resources {
                resources
            } else {
                Dictionary::new()
            },
            width,
            height,
            rotate,
            crop_box,
            user_unit,
        })
    }
}

/// A rectangle (7.9.5) with its corners in order; `None` where it is missing, empty or absurd.
fn rectangle(document: &Document, dictionary: &Dictionary, key: &str) -> Result<Option<[f64; 4]>, Error> {
    const FARTHEST: f64 = 1e7;
    let Object::Array(items) = document.lookup(dictionary, key)? else { return Ok(None) };
    let mut numbers = [0.0; 4];
    for (number, item) in numbers.iter_mut().zip(&items) {
        match document.resolve(item)?.as_number() {
            Some(value) if value.abs() <= FARTHEST => *number = value,
            _ => return Ok(None),
        }
    }
    let [a, b, c, d] = numbers;
    let ordered = [a.min(c), b.min(d), a.max(c), b.max(d)];
    Ok(Some(ordered)
        .filter(|_| items.len() >= 4)
        .filter(|[left, bottom, right, top]| right > left && top > bottom))
}

fn intersection(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let [left, bottom, right, top] = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (right > left && top > bottom).then_some([left, bottom, right, top])
}
