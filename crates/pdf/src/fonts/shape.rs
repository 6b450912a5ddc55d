//! From letters to glyphs, for scripts whose letters change with their neighbours.

use std::ops::Range;
use std::sync::OnceLock;

use harfrust::{Buffer, BufferFlags, Direction, Font, Script, ShapeOptions, ShapePlan, ShaperFont};

use super::Face;
use super::line::Glyph;

/// A face as the shaper has it, with its plan for each direction.
struct Shaper {
    font: Font,
    plans: [OnceLock<ShapePlan>; 2],
}

/// What is shaped at a time. No word has so many letters; among them, time may grow with the square of their number.
const TOGETHER: usize = 1000;

/// The glyphs of `text`, whose place in its line is `start`, from left to right. All of it is drawn by `face`.
pub(super) fn shape(face: Face, text: &str, start: usize, right_to_left: bool) -> Vec<Glyph> {
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(TOGETHER).collect();
    starts.push(text.len());
    let mut parts: Vec<Vec<Glyph>> = starts
        .iter()
        .zip(starts.iter().skip(1))
        .filter_map(|(&from, &to)| Some(shape_part(face, text.get(from..to)?, start + from, right_to_left)))
        .collect();
    if right_to_left {
        parts.reverse();
    }
    parts.concat()
}

fn shape_part(face: Face, text: &str, start: usize, right_to_left: bool) -> Vec<Glyph> {
    static SHAPERS: [OnceLock<Shaper>; Face::ALL.len()] = [const { OnceLock::new() }; Face::ALL.len()];
    let Some(slot) = SHAPERS.get(face as usize) else { return Vec::new() };
    let shaper = slot.get_or_init(|| Shaper {
        font: Font::new(face.program(), 0)
            .expect("the shipped faces are sound TrueType fonts; a test opens each"),
        plans: [const { OnceLock::new() }; 2],
    });
    let [forward, backward] = &shaper.plans;
    let (slot, direction) =
        if right_to_left { (backward, Direction::RightToLeft) } else { (forward, Direction::LeftToRight) };
    let plan = slot.get_or_init(|| ShapePlan::new(&shaper.font, direction, script(face), None, &[]));
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(direction);
    buffer.set_script(script(face));
    // A joiner has done its work when the glyphs are chosen.
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    // Fails for a plan of another direction or script alone.
    let options = ShapeOptions::new().plan(Some(plan));
    if harfrust::shape(&ShaperFont::new(&shaper.font), &mut buffer, options).is_err() {
        return Vec::new();
    }
    let thousandths = |units: i32| f64::from(units) * 1000.0 / face.units_per_em();
    let mut glyphs: Vec<Glyph> = buffer
        .glyph_infos()
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, position)| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: thousandths(position.x_advance),
            x: thousandths(position.x_offset),
            y: thousandths(position.y_offset),
            // For now the start alone; where it ends is where another cluster starts.
            cluster: info.cluster as usize..text.len(),
            said: 0..0,
        })
        .collect();
    say(&mut glyphs, text, right_to_left);
    for glyph in &mut glyphs {
        for range in [&mut glyph.cluster, &mut glyph.said] {
            *range = range.start + start..range.end + start;
        }
    }
    glyphs
}

fn script(face: Face) -> Option<Script> {
    match face {
        Face::Devanagari => Some(Script::DEVANAGARI),
        Face::Arabic => Some(Script::ARABIC),
        Face::Hebrew => Some(Script::HEBREW),
        // Brackets and numbers between such letters: they are mirrored, and change in no other way.
        _ => None,
    }
}

/// Gives each glyph the end of its cluster and the characters that it says, so that all of them together, read in the
/// direction of the text, say the text: one each, the last one of a cluster the rest, and one too many nothing.
fn say(glyphs: &mut [Glyph], text: &str, right_to_left: bool) {
    if right_to_left {
        glyphs.reverse();
    }
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.cluster.start).collect();
    starts.push(text.len());
    starts.dedup();
    let mut ends = starts.iter().skip(1);
    for cluster in glyphs.chunk_by_mut(|one, next| one.cluster.start == next.cluster.start) {
        let end = ends.next().copied().unwrap_or(text.len());
        let Some(start) = cluster.first().map(|glyph| glyph.cluster.start) else { continue };
        let last = cluster.len() - 1;
        let mut at = start;
        for (index, glyph) in cluster.iter_mut().enumerate() {
            let rest = text.get(at..end).unwrap_or("");
            let length =
                if index == last { rest.len() } else { rest.chars().next().map_or(0, char::len_utf8) };
            glyph.cluster = Range { start, end };
            glyph.said = at..at + length;
            at += length;
        }
    }
    if right_to_left {
        glyphs.reverse();
    }
}
