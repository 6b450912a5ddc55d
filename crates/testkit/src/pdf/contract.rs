//! A contract of four pages that reads like one: what a person uploads.

use super::document::Pdf;
use super::page::{Line, Page};

const CLAUSES: &[(&str, &[&str])] = &[
    (
        "1. Subject",
        &[
            "The Supplier delivers the consulting services described in Annex A to the Client.",
            "The services begin on 1 February 2026 and end on 31 January 2027, unless the parties",
            "agree in writing to extend them. Place of performance is the Client's office in Montréal.",
        ],
    ),
    (
        "2. Fees and payment",
        &[
            "The Client pays a fixed fee of 48,500.00 EUR in twelve equal monthly instalments.",
            "Invoices are due within thirty (30) days of receipt. Late amounts bear interest at the",
            "statutory rate. Travel expenses above 250.00 EUR need the Client's consent beforehand.",
        ],
    ),
    (
        "3. Confidentiality",
        &[
            "Each party keeps secret what it learns of the other's business in the course of this",
            "agreement, and uses it for no other purpose. The duty lasts five years after the end.",
            "It does not cover what is public, or what a court or authority orders to be disclosed.",
        ],
    ),
    (
        "4. Results and rights",
        &[
            "Reports, drawings and software made under this agreement belong to the Client once they",
            "are paid for. The Supplier keeps the right to use general knowledge and methods.",
        ],
    ),
    (
        "5. Liability",
        &[
            "The Supplier is liable without limit for intent and gross negligence, and otherwise up",
            "to the fees paid in the twelve months before the event that caused the damage.",
        ],
    ),
    (
        "6. Termination",
        &[
            "Either party may terminate with three months' notice to the end of a month. The right",
            "to terminate for cause without notice remains. Notice is given in text form.",
        ],
    ),
    (
        "7. Final provisions",
        &[
            "Changes need text form. If a provision is void, the others stay in force. The courts of",
            "the Client's seat have jurisdiction. The agreement is made in one electronic original.",
        ],
    ),
];

impl Pdf {
    /// A services agreement on four A4 pages, the last of which has two places to sign at (72, 560) and (330, 560)
    /// from the bottom left, 180 x 50 points each.
    #[must_use]
    pub fn contract() -> Pdf {
        let mut pages: Vec<Page> = CLAUSES.chunks(3).map(page_of).collect();
        pages.push(signature_page());
        let count = pages.len();
        let pages = pages
            .into_iter()
            .enumerate()
            .map(|(index, page)| page.line(500.0, 40.0, &format!("Page {} of {count}", index + 1)))
            .collect();
        Pdf::new(pages).title("Services agreement")
    }
}

fn heading(y: f64, size: f64, text: &str) -> Line {
    Line { x: 72.0, y, size, bold: true, text: text.to_owned() }
}

fn page_of(clauses: &[(&str, &[&str])]) -> Page {
    let mut page = Page::a4().with(heading(780.0, 18.0, "Services agreement"));
    page =
        page.line(72.0, 756.0, "between Example Works Ltd. (Supplier) and Société Générique S.A. (Client)");
    let mut y = 716.0;
    for (title, lines) in clauses {
        page = page.with(heading(y, 13.0, title));
        y -= 20.0;
        for line in *lines {
            page = page.line(72.0, y, line);
            y -= 15.0;
        }
        y -= 18.0;
    }
    page
}

fn signature_page() -> Page {
    Page::a4()
        .with(heading(780.0, 18.0, "Signatures"))
        .line(72.0, 740.0, "The parties have read this agreement (including Annex A) and agree to it.")
        .line(72.0, 540.0, "______________________________")
        .line(72.0, 524.0, "For the Supplier: name, date")
        .line(330.0, 540.0, "______________________________")
        .line(330.0, 524.0, "For the Client: name, date")
}
