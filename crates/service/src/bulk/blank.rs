//! The empty list of a template, to be filled in.

use super::columns;
use crate::error::Error;
use crate::server::Service;
use crate::templates::Asker;

/// An empty list: its headings alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Blank {
    /// The name of the template.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Service {
    /// The empty list of a template, as XLSX or as CSV.
    pub async fn blank_list(
        &self,
        asker: &Asker,
        template: &str,
        version: Option<i64>,
        as_sheet: bool,
    ) -> Result<Blank, Error> {
        let found = self.find_template(asker, template, version).await?;
        let headings = columns::headings(&found.draft);
        let bytes = if as_sheet { sheet(&headings).map_err(Error::fault)? } else { commas(&headings)? };
        Ok(Blank { name: found.row.name, bytes })
    }
}

fn sheet(headings: &[String]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    // Texts, so that no telephone and no code loses its zeros.
    let text = rust_xlsxwriter::Format::new().set_num_format("@");
    let page = book.add_worksheet();
    page.set_freeze_panes(1, 0)?;
    for (column, heading) in (0..).zip(headings) {
        page.set_column_format(column, &text)?;
        page.set_column_width(column, 24)?;
        page.write_string_with_format(0, column, heading, &bold)?;
    }
    book.save_to_buffer()
}

fn commas(headings: &[String]) -> Result<Vec<u8>, Error> {
    // A byte order mark: without it Excel takes UTF-8 for something else.
    let mut csv = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    csv.write_record(headings).map_err(Error::fault)?;
    csv.into_inner().map_err(|error| Error::fault(error.error()))
}
