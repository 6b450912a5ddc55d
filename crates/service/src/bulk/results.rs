//! What became of each row, as a file.

use crate::error::Error;
use crate::server::Service;
use crate::templates::Asker;
use store::bulk_rows;

/// So many rows are read at a time.
const PAGE: i64 = 1000;

impl Service {
    /// The rows with their envelopes as CSV.
    pub async fn bulk_results(&self, asker: &Asker, id: &str) -> Result<Vec<u8>, Error> {
        self.bulk(asker, id).await?;
        let tenant = asker.tenant.as_str();
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["row", "envelope", "status", "error"]).map_err(Error::fault)?;
        let mut after = 0;
        loop {
            let page = self
                .store()
                .read(move |tx| Box::pin(async move { bulk_rows::after(tx, tenant, id, after, PAGE).await }))
                .await
                .map_err(Error::Fault)?;
            let Some(last) = page.last() else { break };
            after = last.number;
            for row in &page {
                let (envelope, problem) = (row.envelope.as_deref(), row.problem.as_deref());
                csv.write_record([
                    row.number.to_string().as_str(),
                    envelope.unwrap_or_default(),
                    &row.status,
                    problem.unwrap_or_default(),
                ])
                .map_err(Error::fault)?;
            }
        }
        csv.into_inner().map_err(|error| Error::fault(error.error()))
    }
}
