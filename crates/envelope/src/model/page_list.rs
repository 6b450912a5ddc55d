//! Which pages are meant: `""` or `all` for every page, else numbers and ranges such as `1,3-5,-1`.

/// Pages of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageList {
    /// First and last page of each part; empty for every page. Negative numbers count from the end.
    parts: Vec<(i64, i64)>,
}

/// Parts of one list: nobody writes more by hand.
const PARTS_MAX: usize = 500;

impl PageList {
    /// Reads a list; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text, "" | "*" | "all") {
            return Some(Self::default());
        }
        let parts: Option<Vec<_>> = text.split(',').take(PARTS_MAX + 1).map(part).collect();
        parts.filter(|parts| parts.len() <= PARTS_MAX).map(|parts| Self { parts })
    }

    /// Whether a page, from 1, of a document of so many pages is meant.
    pub fn holds(&self, page: u32, pages: u32) -> bool {
        let from_start =
            |number: i64| if number.is_negative() { i64::from(pages) + 1 + number } else { number };
        self.parts.is_empty()
            || self
                .parts
                .iter()
                .any(|(first, last)| (from_start(*first)..=from_start(*last)).contains(&i64::from(page)))
    }
}

fn part(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    // The hyphen of a range is never the first character: that one belongs to a number from the end.
    let hyphen = text.char_indices().skip(1).find(|(_, letter)| *letter == '-').map(|(place, _)| place);
    match hyphen.and_then(|place| text.split_at_checked(place)) {
        Some((first, rest)) => Some((number(first)?, number(rest.strip_prefix('-')?)?)),
        None => number(text).map(|page| (page, page)),
    }
}

fn number(text: &str) -> Option<i64> {
    match text.trim() {
        "last" => Some(-1),
        text => text.parse::<i32>().ok().filter(|number| *number != 0).map(i64::from),
    }
}

#[cfg(test)]
mod tests {
    use super::PageList;

    fn of_seven(text: &str) -> Option<Vec<u32>> {
        let list = PageList::parse(text)?;
        Some((1..=7).filter(|page| list.holds(*page, 7)).collect())
    }

    #[test]
    fn pages_are_meant_by_numbers_ranges_and_from_the_end() {
        for every in ["", "all", "*"] {
            assert_eq!(of_seven(every), Some(vec![1, 2, 3, 4, 5, 6, 7]));
        }
        assert_eq!(of_seven("3"), Some(vec![3]));
        assert_eq!(of_seven("1, 3-5"), Some(vec![1, 3, 4, 5]));
        assert_eq!(of_seven("-1"), Some(vec![7]));
        assert_eq!(of_seven("last"), Some(vec![7]));
        assert_eq!(of_seven("6--1"), Some(vec![6, 7]));
        assert_eq!(of_seven("9"), Some(vec![]));
        assert_eq!(of_seven("5-3"), Some(vec![]));
    }

    #[test]
    fn what_is_no_list_of_pages_is_none() {
        for text in ["0", "1,", "one", "1-", "1-2-3", "99999999999", "1;2", &"1,".repeat(600)] {
            assert_eq!(PageList::parse(text), None, "{text}");
        }
    }
}
