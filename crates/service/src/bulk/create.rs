//! Take a list in: read it, judge every row, and keep it.

use super::check::judge;
use super::row::Wishes;
use super::{BulkView, LOADING, READY, table};
use crate::accounts::Reply;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::templates::Asker;
use crate::world::to_micros;
use envelope::Sender;
use store::bulk_rows::{self, RowOfBulk};
use store::bulk_sends::{self, BulkRow};

/// So many rows are written in one transaction.
const ROWS_AT_ONCE: usize = 500;

/// A list as it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct ListFile {
    /// Its name.
    pub name: String,
    /// CSV in UTF-8, or XLSX.
    pub bytes: Vec<u8>,
}

/// What a list is sent with.
pub struct BulkStart<'a> {
    /// Who asks.
    pub asker: &'a Asker,
    /// In whose name it is sent.
    pub sender: Sender,
    /// Whose pages may frame the signers' page.
    pub frame_origins: &'a [String],
    /// The template.
    pub template: String,
    /// Its version; the newest where nothing is said.
    pub version: Option<i64>,
    /// Another title than the template's, for all rows that say none.
    pub title: Option<String>,
    /// Another message than the template's, for all rows that say none.
    pub message: Option<String>,
    /// What is kept for the same request made again.
    pub reply: Option<Reply<BulkView>>,
}

impl Service {
    /// Reads a list and judges every row. Nothing is sent before it is started.
    ///
    /// # Errors
    /// Everything that is wrong, each with its row and column; then nothing is kept.
    pub async fn create_bulk(&self, of: BulkStart<'_>, file: ListFile) -> Result<BulkView, Error> {
        let found = self.find_template(of.asker, &of.template, of.version).await?;
        if found.row.archived_at.is_some() {
            return Err(crate::templates::archived());
        }
        let wishes = Wishes {
            sender: of.sender,
            actor: of.asker.actor.clone(),
            title: of.title,
            message: of.message,
            frame_origins: of.frame_origins.to_vec(),
        };
        let (template, test, now) = (found.draft.clone(), found.row.test, self.now());
        let judged_by = wishes.clone();
        let judged = tokio::task::spawn_blocking(move || {
            let lines = table::read(&file.bytes)?;
            judge(&template, &judged_by, test, &lines, now).map_err(Error::from)
        });
        // Whoever reads strangers' sheets may stumble over one; that is the sheet's fault.
        let judged = judged.await.map_err(|_| Error::Wrong {
            class: Class::Unprocessable,
            code: "list_unreadable",
            sentence: "The list cannot be read; save it anew as CSV or XLSX, and send it again.".to_owned(),
        })??;
        let key = self.data_key(&of.asker.tenant).await?;
        let bulk = self.new_id("blk");
        let row = BulkRow {
            tenant: of.asker.tenant.clone(),
            wishes: self.seal_wishes(&key, &bulk, &wishes)?,
            bulk,
            test,
            template: found.row.template.clone(),
            version: found.version,
            status: LOADING.to_owned(),
            file_name: file.name.chars().filter(|it| !it.is_control()).take(200).collect(),
            rows_all: i64::try_from(judged.rows.len()).map_err(Error::fault)?,
            created_at: to_micros(now),
            updated_at: to_micros(now),
        };
        let mut rows = Vec::with_capacity(judged.rows.len());
        for (number, given) in &judged.rows {
            rows.push(RowOfBulk {
                tenant: row.tenant.clone(),
                bulk: row.bulk.clone(),
                number: *number,
                status: "waiting".to_owned(),
                given: Some(self.seal_row(&key, &row.bulk, *number, given)?),
                envelope: None,
                problem: None,
            });
        }
        self.keep_list(&row, &rows, of.reply.as_ref()).await
    }

    /// Written down piece by piece: one transaction of ten thousand rows would hold everybody up. The last one makes
    /// it a list.
    async fn keep_list(
        &self,
        row: &BulkRow,
        rows: &[RowOfBulk],
        reply: Option<&Reply<BulkView>>,
    ) -> Result<BulkView, Error> {
        self.store()
            .write(move |tx| Box::pin(async move { bulk_sends::insert(tx, row).await }))
            .await
            .map_err(Error::Fault)?;
        for piece in rows.chunks(ROWS_AT_ONCE) {
            self.store()
                .write(move |tx| {
                    Box::pin(async move {
                        for row in piece {
                            bulk_rows::insert(tx, row).await?;
                        }
                        Ok::<_, store::Fault>(())
                    })
                })
                .await
                .map_err(Error::Fault)?;
        }
        let ready = BulkRow { status: READY.to_owned(), ..row.clone() };
        let view = &BulkView::of(&ready, &[]);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    bulk_sends::set_status(tx, &row.tenant, &row.bulk, READY, row.updated_at).await?;
                    if let Some(reply) = reply {
                        reply.keep(tx, view, self.random()).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
        Ok(view.clone())
    }
}
