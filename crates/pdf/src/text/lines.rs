//! From glyphs in the order in which they were painted to lines in the order in which they are read.

use std::collections::{BTreeMap, HashMap};

use super::glyph::Glyph;

/// A gap wider than this part of an em is a space. Poppler draws the line at 0.1, where the lean of an italic letter
/// before an upright one parts words.
const SPACE: f64 = 0.13;
/// A gap wider than this is no part of a sentence: another column or cell.
const COLUMN: f64 = 2.5;
/// How far a glyph may reach back over the one before it and still continue it.
const OVERLAP: f64 = 0.3;
/// How far a glyph may stand from the one before it and still continue it: into a wider gap others may be painted.
const REACH: f64 = 0.25;
/// So many letters of a run that stand there already are no chance: what is new after them is another run.
const DOUBLES: usize = 3;
/// How far the baselines of one line may lie apart: superscripts are read within their line.
const RISE: f64 = 0.4;
/// Lines that a run is compared with, newest first: where text is heaped on one spot, comparing all would not end.
const LINES_COMPARED: usize = 12;

/// What the text of a page is put together from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Glyph(usize),
    Space,
    LineEnd,
}

/// Glyphs that were painted one after the other on one line.
struct Run {
    /// Places in the list of glyphs, with whether a space was painted before.
    glyphs: Vec<(usize, bool)>,
    start: f64,
    end: f64,
    baseline: f64,
    em: f64,
    /// Whether any of its letters did not stand there already.
    fresh: bool,
}

/// Runs on one baseline that do not lie over each other.
struct Line {
    baseline: f64,
    em: f64,
    /// By where they start, in thousandths of a point.
    runs: BTreeMap<i64, Run>,
}

/// The order of reading: upright lines first, from top to bottom; then those of each other direction.
pub(super) fn read(glyphs: &[Glyph]) -> Vec<Part> {
    let mut directions: BTreeMap<i32, Vec<Run>> = BTreeMap::new();
    for (direction, run) in runs(glyphs) {
        directions.entry(direction).or_default().push(run);
    }
    let mut parts = Vec::new();
    for (_, runs) in directions {
        for line in lines(runs) {
            write(glyphs, line, &mut parts);
        }
    }
    parts
}

/// The direction of a glyph's line, in steps of two degrees, 0 for upright.
fn direction(glyph: &Glyph) -> i32 {
    let degrees = glyph.along[1].atan2(glyph.along[0]).to_degrees();
    #[expect(clippy::cast_possible_truncation, reason = "between -90 and 90")]
    let step = (degrees / 2.0).round() as i32;
    step.rem_euclid(180)
}

fn runs(glyphs: &[Glyph]) -> Vec<(i32, Run)> {
    let mut runs: Vec<(i32, Run)> = Vec::new();
    let mut painted = Painted::default();
    let mut spaced = false;
    let mut last = None;
    for (place, glyph) in glyphs.iter().enumerate() {
        if glyph.text.chars().all(char::is_whitespace) {
            spaced = true;
            continue;
        }
        let twin = painted.twin(glyphs, place);
        // Each letter painted twice, one after the other.
        if twin.is_some() && twin == last {
            continue;
        }
        last = Some(place);
        let fresh = twin.is_none();
        let direction = direction(glyph);
        let (start, end, baseline) = (glyph.start(), glyph.end(), glyph.baseline());
        match runs.last_mut() {
            Some((same, run))
                if *same == direction
                    && (run.fresh || !fresh || run.glyphs.len() < DOUBLES)
                    && (baseline - run.baseline).abs() <= 0.1 * run.em
                    && (-OVERLAP..=REACH).contains(&((start - run.end) / run.em.max(f64::MIN_POSITIVE))) =>
            {
                run.glyphs.push((place, spaced));
                run.end = run.end.max(end);
                run.em = run.em.max(glyph.em);
                run.fresh |= fresh;
            }
            _ => {
                let run = Run { glyphs: vec![(place, spaced)], start, end, baseline, em: glyph.em, fresh };
                runs.push((direction, run));
            }
        }
        spaced = false;
    }
    // A whole run that stands there already is boldness; single letters may meet by chance where texts lie over each other.
    runs.retain(|(_, run)| run.fresh);
    runs
}

/// Remembers where which letter was painted: bold faces are often made by painting everything twice.
#[derive(Default)]
struct Painted {
    places: HashMap<(i64, i64), Vec<usize>>,
}

impl Painted {
    /// The same letter that stands there already; this one does from now on where there is none.
    fn twin(&mut self, glyphs: &[Glyph], place: usize) -> Option<usize> {
        const CELL: f64 = 4.0;
        const KEPT: usize = 8;
        let glyph = glyphs.get(place)?;
        #[expect(clippy::cast_possible_truncation, reason = "coordinates are below 1e9")]
        let cell = glyph.origin.map(|place| (place / CELL).floor() as i64);
        let is_double = |other: &usize| {
            glyphs.get(*other).is_some_and(|other| {
                other.text == glyph.text
                    && (other.start() - glyph.start()).abs() < 0.1 * glyph.em
                    && (other.baseline() - glyph.baseline()).abs() < 0.2 * glyph.em
            })
        };
        let around = [-1, 0, 1].into_iter().flat_map(|x| [-1, 0, 1].map(|y| (cell[0] + x, cell[1] + y)));
        for cell in around {
            let twin = self.places.get(&cell).and_then(|places| places.iter().copied().find(is_double));
            if twin.is_some() {
                return twin;
            }
        }
        let places = self.places.entry((cell[0], cell[1])).or_default();
        if places.len() < KEPT {
            places.push(place);
        }
        None
    }
}

fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        #[expect(clippy::cast_possible_truncation, reason = "coordinates are below 1e9")]
        let start = (run.start * 1000.0).round() as i64;
        let recent = lines.iter_mut().rev().take(LINES_COMPARED);
        match recent.into_iter().find(|line| line.takes(&run, start)) {
            Some(line) => {
                line.em = line.em.max(run.em);
                line.runs.insert(start, run);
            }
            None => {
                lines.push(Line { baseline: run.baseline, em: run.em, runs: BTreeMap::from([(start, run)]) });
            }
        }
    }
    lines
}

impl Line {
    /// Whether the run is on this line, where nothing else is.
    fn takes(&self, run: &Run, start: i64) -> bool {
        let within = OVERLAP * run.em.min(self.em);
        (run.baseline - self.baseline).abs() <= RISE * self.em.max(run.em)
            && self
                .runs
                .range(..=start)
                .next_back()
                .is_none_or(|(_, before)| before.end - run.start <= within)
            && self.runs.range(start..).next().is_none_or(|(_, after)| run.end - after.start <= within)
    }
}

fn write(glyphs: &[Glyph], line: Line, parts: &mut Vec<Part>) {
    let mut sentence: Vec<Part> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (place, spaced) in line.runs.into_values().flat_map(|run| run.glyphs) {
        let Some(glyph) = glyphs.get(place) else { continue };
        if let Some(last) = last {
            let gap = (glyph.start() - last.end()) / last.em.max(f64::MIN_POSITIVE);
            if gap > COLUMN {
                finish(glyphs, &mut sentence, parts);
            } else if spaced || gap > SPACE {
                sentence.push(Part::Space);
            }
        }
        sentence.push(Part::Glyph(place));
        last = Some(glyph);
    }
    finish(glyphs, &mut sentence, parts);
}

fn finish(glyphs: &[Glyph], sentence: &mut Vec<Part>, parts: &mut Vec<Part>) {
    super::right_to_left::turn(glyphs, sentence);
    parts.append(sentence);
    parts.push(Part::LineEnd);
}
