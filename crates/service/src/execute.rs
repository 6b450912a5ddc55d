//! The one way in which an envelope changes: load, decide, append, project, queue, in one transaction.

use crate::accounts::Reply;
use crate::effects::{self, Queued};
use crate::envelopes::EnvelopeView;
use crate::error::Error;
use crate::fault_point;
use crate::project;
use crate::record::{self, Appending, Loaded};
use crate::server::{Mode, Service};
use crate::webhooks::Subscribed;
use crate::webhooks::queue::{self as deliveries, Happened};
use envelope::{Actor, Command, Context, Effect, Envelope, Event, Recorded};
use evidence::Hash;
use jiff::Timestamp;
use store::links::{self, LinkRow};
use store::messages::{self, MessageRow};
use store::template_uses::{self, UseRow};
use store::{Fault, Tx, bulk_rows, counters, envelopes, jobs, template_links};

/// Which envelope, and from where it is seen.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The tenant.
    pub tenant: String,
    /// Id of the envelope.
    pub envelope: String,
    /// A caller in one mode does not see what belongs to the other; `None` sees both.
    pub mode: Option<Mode>,
}

/// What is asked in one transaction.
pub(crate) struct Change<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) actor: &'a Actor,
    pub(crate) commands: &'a [Command],
    /// The job that this finishes, in the same transaction.
    pub(crate) job: Option<&'a Queued>,
    /// A message that did not leave, to be kept in the same transaction.
    pub(crate) kept: Option<&'a MessageRow>,
    /// A link that this makes, in the same transaction.
    pub(crate) link: Option<&'a LinkRow>,
    /// The visit of the recipient who asks, from 1.
    pub(crate) visit: Option<u16>,
    /// HMAC of the link by which they came.
    pub(crate) came_by: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// What somebody asks, and nothing with it.
    pub(crate) fn of(scope: &'a Scope, actor: &'a Actor, commands: &'a [Command]) -> Self {
        Self { scope, actor, commands, job: None, kept: None, link: None, visit: None, came_by: None }
    }

    /// What a worker records when it finishes a job.
    pub(crate) fn finishing(self, job: &'a Queued) -> Self {
        Self { job: Some(job), ..self }
    }

    /// With the visit in which it is asked, and the link by which they came.
    pub(crate) fn in_visit(self, visit: Option<u16>, came_by: &'a str) -> Self {
        Self { visit, came_by: Some(came_by), ..self }
    }
}

/// What is written down in the transaction that makes an envelope.
#[derive(Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    /// Who is told of it.
    pub(crate) webhooks: &'a [Subscribed],
    /// The reply of the request.
    pub(crate) reply: Option<&'a Reply<EnvelopeView>>,
    /// What it came from.
    pub(crate) made_from: Option<&'a MadeFrom>,
}

/// The template that an envelope came from, and what was used up by it.
pub(crate) struct MadeFrom {
    used: UseRow,
    /// The row of a list that it is.
    row: Option<(String, i64)>,
}

impl MadeFrom {
    /// From a template.
    pub(crate) fn template(used: UseRow) -> Self {
        Self { used, row: None }
    }

    /// From a template, as this row of a list.
    pub(crate) fn row(used: UseRow, bulk: &str, number: i64) -> Self {
        Self { used, row: Some((bulk.to_owned(), number)) }
    }

    /// # Errors
    /// Where the link is used up, or the row was made before: then the envelope is not to stand.
    async fn keep(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let used = &self.used;
        if let Some(link) = &used.link
            && !template_links::take(tx, &used.tenant, link, used.created_at).await?
        {
            return Err(Error::LinkEnded);
        }
        if let Some((bulk, number)) = &self.row
            && !bulk_rows::made(tx, &used.tenant, bulk, *number, &used.envelope).await?
        {
            return Err(Error::Fault(Fault::conflict("the row was made by another worker")));
        }
        Ok(template_uses::insert(tx, used).await?)
    }
}

/// The state after a change, and what happened.
pub(crate) struct Changed {
    pub(crate) envelope: Envelope,
    pub(crate) events: Vec<Event>,
}

impl Service {
    /// Executes commands of one actor on one envelope, all or none of them.
    pub(crate) async fn execute(&self, change: &Change<'_>) -> Result<Changed, Error> {
        self.data_key(&change.scope.tenant).await?;
        let (changed, queued) =
            self.store().write(move |tx| Box::pin(async move { self.change(tx, change).await })).await?;
        self.inner.jobs.submit(queued);
        Ok(changed)
    }

    /// The same in a transaction of the caller's; the jobs it gives are to be submitted once that is committed, and
    /// the tenant's data key has been loaded before it began.
    pub(crate) async fn change(
        &self,
        tx: &mut Tx<'_>,
        change: &Change<'_>,
    ) -> Result<(Changed, Vec<Queued>), Error> {
        let scope = change.scope;
        let loaded = self.load_for_change(tx, scope).await?;
        let telephone_used = self.telephone_used(tx, &loaded.envelope, scope, change.commands).await?;
        let context = Context { now: self.now(), visit: change.visit, telephone_used };
        let decided = decide(context, Some(loaded.envelope), change.commands)?;
        // The rules know no links: one that ended was that of somebody who is not this recipient any more.
        if let Some(digest) = change.came_by
            && links::find(tx, &scope.tenant, digest).await?.is_none_or(|link| link.ended_at.is_some())
        {
            return Err(Error::LinkEnded);
        }
        if let Some(message) = change.kept {
            messages::put(tx, message).await?;
        }
        if let Some(link) = change.link {
            links::insert(tx, link).await?;
        }
        if let Some(job) = change.job
            && !jobs::complete(tx, &scope.tenant, &job.job, &job.lease_token).await?
        {
            return Err(Error::Fault(Fault::conflict("the job's lease went to another worker")));
        }
        let start = (loaded.seq, loaded.head);
        self.write_down(tx, scope, change.actor, start, decided).await
    }

    /// Makes an envelope by its first command, writes down who is told of it, and keeps the reply of the request.
    pub(crate) async fn execute_first(
        &self,
        scope: &Scope,
        actor: &Actor,
        command: &Command,
        beside: Beside<'_>,
    ) -> Result<EnvelopeView, Error> {
        let commands = std::slice::from_ref(command);
        let (view, queued) = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let decided = decide(Context::at(self.now()), None, commands)?;
                    let start = (0, Hash::GENESIS);
                    for webhook in beside.webhooks {
                        store::webhooks::insert(tx, &webhook.row).await?;
                    }
                    if let Some(made_from) = beside.made_from {
                        made_from.keep(tx).await?;
                    }
                    let (changed, queued) = self.write_down(tx, scope, actor, start, decided).await?;
                    let mut view = EnvelopeView::of_new(scope, changed.envelope, beside.webhooks);
                    view.origin = beside.made_from.map(|it| it.used.clone());
                    if let Some(reply) = beside.reply {
                        reply.keep(tx, &view, self.random()).await?;
                    }
                    Ok::<_, Error>((view, queued))
                })
            })
            .await?;
        fault_point::reach("create.after_commit");
        self.inner.jobs.submit(queued);
        Ok(view)
    }

    async fn load_for_change(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<Loaded, Error> {
        let row = envelopes::lock(tx, &scope.tenant, &scope.envelope).await?;
        if !row.is_some_and(|row| is_visible(scope.mode, row.test)) {
            return Err(Error::NotFound { what: "envelope" });
        }
        record::load(tx, &scope.tenant, &scope.envelope).await?.ok_or(Error::NotFound { what: "envelope" })
    }

    /// Codes that went by telephone this month, where that is a question.
    async fn telephone_used(
        &self,
        tx: &mut Tx<'_>,
        state: &Envelope,
        scope: &Scope,
        commands: &[Command],
    ) -> Result<u32, Error> {
        let asked = commands.iter().any(|it| matches!(it, Command::Send(_) | Command::BeginChallenge(_)));
        if !asked || state.draft.rules.telephone.monthly_allowance.is_none() {
            return Ok(0);
        }
        let used = counters::get(tx, &scope.tenant, &effects::telephone_counter(self.now())).await?;
        Ok(u32::try_from(used).unwrap_or(u32::MAX))
    }

    async fn write_down(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        actor: &Actor,
        (seq, head): (i64, Hash),
        decided: Decided,
    ) -> Result<(Changed, Vec<Queued>), Error> {
        let state = decided.state.ok_or_else(|| Error::fault("no event begins the envelope"))?;
        if decided.events.is_empty() {
            return Ok((Changed { envelope: state, events: Vec::new() }, Vec::new()));
        }
        let appending = Appending {
            tenant: &scope.tenant,
            envelope: &scope.envelope,
            actor,
            at: decided.context.now,
            random: self.random(),
        };
        let before = seq;
        let (seq, head) = appending.append(tx, seq, head, &decided.events).await?;
        project::revisions(tx, &scope.tenant, &decided.events).await?;
        project::envelope(tx, scope, &state, seq, head).await?;
        let mut queued = effects::queue(self, tx, scope, &state, &decided.effects).await?;
        let (at, events) = (decided.context.now, decided.events.as_slice());
        let happened = Happened { state: &state, events, seq: before, at };
        queued.extend(deliveries::queue(self, tx, scope, happened).await?);
        if state.next_deadline() != decided.deadline {
            queued.extend(self.queue_wake(tx, scope, &state).await?);
        }
        Ok((Changed { envelope: state, events: decided.events }, queued))
    }

    /// Reads an envelope without changing it.
    pub(crate) async fn load(&self, scope: &Scope) -> Result<Loaded, Error> {
        let loaded = self
            .store()
            .read(move |tx| Box::pin(async move { record::load(tx, &scope.tenant, &scope.envelope).await }))
            .await?;
        loaded
            .filter(|loaded| is_visible(scope.mode, loaded.envelope.test))
            .ok_or(Error::NotFound { what: "envelope" })
    }
}

fn decide(context: Context, state: Option<Envelope>, commands: &[Command]) -> Result<Decided, Error> {
    let deadline = state.as_ref().and_then(Envelope::next_deadline);
    let mut decided = Decided { context, state, deadline, events: Vec::new(), effects: Vec::new() };
    for command in commands {
        let decision = envelope::decide(decided.state.as_ref(), command, &context)?;
        for event in &decision.events {
            let recorded = Recorded { at: context.now, event: event.clone() };
            match &mut decided.state {
                Some(state) => state.apply(&recorded),
                None => decided.state = Envelope::begin(&recorded),
            }
        }
        decided.events.extend(decision.events);
        decided.effects.extend(decision.effects);
    }
    Ok(decided)
}

struct Decided {
    context: Context,
    state: Option<Envelope>,
    /// When something was to happen by itself before this change.
    deadline: Option<Timestamp>,
    events: Vec<Event>,
    effects: Vec<Effect>,
}

fn is_visible(mode: Option<Mode>, test: bool) -> bool {
    mode.is_none_or(|mode| (mode == Mode::Test) == test)
}
