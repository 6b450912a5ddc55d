//! SQLite's one writer: waiting writes share one transaction and one fsync.
//!
//! A task owns the writing connection. It begins a transaction, lends the connection to one waiting caller after
//! another, each inside a savepoint of its own, commits once, and only then answers all of them. A caller's error
//! rolls back to its savepoint and touches nobody else. Also a refusal waits for the commit, since it may have been
//! decided on what an earlier write of the same group left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection as _, Executor};
use tokio::sync::{mpsc, oneshot};

use crate::Fault;

/// So many writes share a commit at most; more would let the first of them wait too long for its answer.
const LARGEST_GROUP: usize = 256;

/// Where callers stand in line.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::UnboundedSender<Turn>,
}

struct Turn {
    loan: oneshot::Sender<Loan>,
    verdict: oneshot::Sender<Result<(), Fault>>,
}

/// The writing connection in a caller's hands. It goes home when dropped; without [`Loan::keep`] what was
/// written through it is undone, so a cancelled or panicking caller leaves nothing behind.
pub(crate) struct Loan {
    connection: Option<Box<SqliteConnection>>,
    home: Option<oneshot::Sender<Returned>>,
    keep: bool,
    touched: bool,
}

struct Returned {
    connection: Box<SqliteConnection>,
    keep: bool,
    touched: bool,
}

impl Loan {
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, Fault> {
        self.connection.as_deref_mut().ok_or_else(|| Fault::unavailable("the writing connection is gone"))
    }

    /// Gives the connection back and lets what was written stand.
    pub(crate) fn keep(mut self, touched: bool) {
        self.keep = true;
        self.touched = touched;
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let (Some(connection), Some(home)) = (self.connection.take(), self.home.take()) {
            // The writer waits for this and ends only with the process; if it is gone, so is the need.
            let _ = home.send(Returned { connection, keep: self.keep, touched: self.touched });
        }
    }
}

/// A caller's place: the connection, and later the word that the commit stands.
pub(crate) struct Granted {
    pub(crate) loan: Loan,
    pub(crate) verdict: oneshot::Receiver<Result<(), Fault>>,
}

impl Writer {
    /// Starts the task. `commits` counts the durable ones.
    pub(crate) fn start(
        options: SqliteConnectOptions,
        connection: SqliteConnection,
        commits: Arc<AtomicU64>,
    ) -> Writer {
        let (queue, waiting) = mpsc::unbounded_channel();
        let lender = Lender { options, connection: Some(Box::new(connection)), waiting, commits };
        tokio::spawn(lender.run());
        Writer { queue }
    }

    /// Stands in line and returns when it is this caller's turn.
    pub(crate) async fn turn(&self) -> Result<Granted, Fault> {
        let (loan, granted) = oneshot::channel();
        let (verdict, judged) = oneshot::channel();
        self.queue.send(Turn { loan, verdict }).map_err(|_| Fault::unavailable("the writer has stopped"))?;
        match granted.await {
            Ok(loan) => Ok(Granted { loan, verdict: judged }),
            Err(_) => Err(match judged.await {
                Ok(Err(fault)) => fault,
                _ => Fault::unavailable("the writer could not begin"),
            }),
        }
    }
}

struct Lender {
    options: SqliteConnectOptions,
    connection: Option<Box<SqliteConnection>>,
    waiting: mpsc::UnboundedReceiver<Turn>,
    commits: Arc<AtomicU64>,
}

impl Lender {
    async fn run(mut self) {
        while let Some(first) = self.waiting.recv().await {
            let mut verdicts = Vec::new();
            let outcome = self.group(first, &mut verdicts).await;
            if let Err(fault) = &outcome {
                tracing::error!(detail = %fault.detail, writes = verdicts.len(), "a group of writes was not committed");
                self.abandon().await;
            }
            for verdict in verdicts {
                let _ = verdict.send(outcome.clone());
            }
        }
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
    }

    /// One transaction for all who wait now and those who come while it runs.
    async fn group(
        &mut self,
        first: Turn,
        verdicts: &mut Vec<oneshot::Sender<Result<(), Fault>>>,
    ) -> Result<(), Fault> {
        let mut touched = false;
        let mut next = Some(first);
        let begun = self.command("BEGIN IMMEDIATE").await;
        while let Some(turn) = next {
            verdicts.push(turn.verdict);
            begun.clone()?;
            touched |= self.lend(turn.loan).await.map_err(rolled_back)?;
            next = if verdicts.len() < LARGEST_GROUP { self.waiting.try_recv().ok() } else { None };
        }
        self.command("COMMIT").await.map_err(rolled_back)?;
        if touched {
            self.commits.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Lends the connection once, inside a savepoint, and says whether anything was written and kept.
    async fn lend(&mut self, borrower: oneshot::Sender<Loan>) -> Result<bool, Fault> {
        self.command("SAVEPOINT write").await?;
        let (home, back) = oneshot::channel();
        let loan = Loan { connection: self.connection.take(), home: Some(home), keep: false, touched: false };
        // A caller that was cancelled in the line drops the loan at once, which sends it home.
        drop(borrower.send(loan));
        let returned = back.await.map_err(|_| Fault::unavailable("the writing connection was lost"))?;
        self.connection = Some(returned.connection);
        if !returned.keep {
            self.command("ROLLBACK TO write").await?;
        }
        self.command("RELEASE write").await?;
        Ok(returned.keep && returned.touched)
    }

    async fn command(&mut self, sql: &'static str) -> Result<(), Fault> {
        if self.connection.is_none() {
            self.connection = Some(Box::new(self.options.connect().await?));
        }
        let Some(connection) = self.connection.as_deref_mut() else {
            return Err(Fault::unavailable("the writing connection was lost"));
        };
        connection.execute(sql).await?;
        Ok(())
    }

    /// After a failed group: roll back what is open, and if even that fails, start with a new connection.
    async fn abandon(&mut self) {
        let _ = self.command("ROLLBACK").await;
        let sound = match self.connection.as_deref_mut() {
            Some(connection) => connection.ping().await.is_ok(),
            None => false,
        };
        if !sound {
            self.connection = None;
        }
    }
}

/// On a full or failing disk SQLite rolls the whole transaction back by itself; what is seen of that here is that the
/// savepoint is gone. For everybody in the group this is the world's failure, and trying again is right.
fn rolled_back(fault: Fault) -> Fault {
    Fault::unavailable(format!("a group of writes was rolled back: {}", fault.detail))
}
