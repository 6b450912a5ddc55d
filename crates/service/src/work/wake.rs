//! Do what has come due in an envelope: its end, its reminders.

use crate::effects::{Queued, Work};
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use envelope::commands::wake::Wake;
use envelope::{Actor, Command, Envelope};
use store::{Tx, jobs};

impl Service {
    /// Asks the rules what is due, and sees to it that they are asked again at the deadline that then stands: also
    /// where the clock was set back meanwhile and nothing was due yet.
    pub(crate) async fn wake(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let commands = [Command::Wake(Wake)];
        let change = Change::of(&scope, &Actor::System, &commands).finishing(job);
        let (scope, change) = (&scope, &change);
        self.data_key(&job.tenant).await?;
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let (changed, mut queued) = self.change(tx, change).await?;
                    if changed.events.is_empty() {
                        queued.extend(self.queue_wake(tx, scope, &changed.envelope).await?);
                    }
                    Ok::<_, Error>(queued)
                })
            })
            .await?;
        self.inner.jobs.submit(queued);
        Ok(())
    }

    /// Queues the next deadline of an envelope in place of the one that stood. Whoever is being woken just now by that
    /// one waits for this transaction to end, is refused, and finds its job gone.
    pub(crate) async fn queue_wake(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        state: &Envelope,
    ) -> Result<Option<Queued>, Error> {
        let work = Work::Wake { envelope: scope.envelope.clone() };
        jobs::remove(tx, &scope.tenant, work.kind(), &scope.envelope).await?;
        let Some(at) = state.next_deadline() else { return Ok(None) };
        self.enqueue(tx, &scope.tenant, work, at).await
    }
}
