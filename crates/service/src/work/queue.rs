//! Jobs that this process holds and has not begun.

use crate::effects::{Queued, Work};
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, Semaphore, mpsc, watch};

/// So many calls to strangers' machines at the same time: they wait more than they work.
const CALLS_AT_ONCE: usize = 64;

/// The way from the transaction that queued a job to the worker that does it.
pub(crate) struct Jobs {
    sender: mpsc::UnboundedSender<Queued>,
    receiver: Mutex<Option<mpsc::UnboundedReceiver<Queued>>>,
    pub(crate) permits: Arc<Semaphore>,
    /// Those of calls to strangers' machines.
    pub(crate) calls: Arc<Semaphore>,
    /// Those of acts whose key is elsewhere.
    pub(crate) elsewhere: Arc<Semaphore>,
    /// The same for lists, one at a time.
    pub(super) bulk: Arc<Semaphore>,
    /// Whether the workers are to come to an end.
    pub(crate) stopping: watch::Sender<bool>,
    /// Told each time a job of this process ends.
    pub(crate) ended: Notify,
}

impl Jobs {
    pub(crate) fn new(at_once: usize) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self {
            sender,
            receiver: Mutex::new(Some(receiver)),
            permits: Arc::new(Semaphore::new(at_once.max(1))),
            calls: Arc::new(Semaphore::new(CALLS_AT_ONCE)),
            elsewhere: Arc::new(Semaphore::new(CALLS_AT_ONCE)),
            bulk: Arc::new(Semaphore::new(1)),
            stopping: watch::Sender::new(false),
            ended: Notify::new(),
        }
    }

    /// The places among which this work takes one.
    pub(crate) fn places(&self, work: &Work) -> &Arc<Semaphore> {
        match work {
            Work::Webhook { .. } => &self.calls,
            Work::ActElsewhere { .. } => &self.elsewhere,
            Work::Bulk { .. } => &self.bulk,
            _ => &self.permits,
        }
    }

    /// Hands jobs to the workers. Where there are none in this process, the jobs' leases run out.
    pub(crate) fn submit(&self, jobs: Vec<Queued>) {
        for job in jobs {
            // Fails only when the workers have stopped; another process takes the job then.
            let _ = self.sender.send(job);
        }
    }

    /// The other end, for the workers; once.
    pub(crate) fn take_receiver(&self) -> Option<mpsc::UnboundedReceiver<Queued>> {
        self.receiver.lock().ok()?.take()
    }

    /// Those that were handed over and not begun, where no workers take them.
    pub(crate) fn waiting(&self) -> Vec<Queued> {
        let Ok(mut receiver) = self.receiver.lock() else { return Vec::new() };
        let Some(receiver) = receiver.as_mut() else { return Vec::new() };
        std::iter::from_fn(|| receiver.try_recv().ok()).collect()
    }
}
