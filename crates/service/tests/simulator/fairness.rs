//! A list of two thousand rows, and somebody who sends a single envelope meanwhile: how many turns of a worker their
//! invitation waits for. Turns are counted; how long one takes is not looked at.

use crate::database::{Database, Engine};
use crate::world::World;
use envelope::{Actor, FieldDraft, FieldId, FieldKind, Personal, RecipientDraft, Rect, Sender};
use service::bulk::{BulkAsk, BulkStart, ListFile};
use service::envelope;
use service::envelopes::{Asking, DocumentInput, DraftInput, MailInput, RecipientInput};
use service::templates::{Asker, TemplateSource};
use service::work::Taken;
use service::{Scope, Service};
use std::collections::VecDeque;

const ROWS: usize = 2_000;
/// What a list has on its way at most (twenty mails), the single ones themselves, and one to spare.
const TURNS: usize = 23;
const SECOND: i64 = 1_000_000;

fn draft(upload: &str, recipient: RecipientDraft) -> DraftInput {
    let sign = FieldDraft {
        id: FieldId("sign".to_owned()),
        kind: FieldKind::Signature,
        document: 1,
        page: 1,
        rect: Rect::new(72.0, 500.0, 150.0, 40.0).expect("a place on the page"),
        recipient: 1,
        required: true,
        ..FieldDraft::default()
    };
    DraftInput {
        title: "Lease".to_owned(),
        message: String::new(),
        documents: vec![DocumentInput { upload: upload.to_owned(), title: String::new(), visible_to: None }],
        recipients: vec![RecipientInput { draft: recipient, answer: None, pin: None }],
        fields: vec![sign],
        anchors: Vec::new(),
        groups: Vec::new(),
        language: "en".to_owned(),
        time_zone: "UTC".to_owned(),
        expiry: None,
        rules: None,
        frame_origins: Vec::new(),
        reminders: None,
        step_limits: Vec::new(),
        mails: MailInput::default(),
        returns: envelope::Returns::default(),
    }
}

/// Somebody who sends, with an upload of their own.
struct Office {
    tenant: String,
    sender: Sender,
    actor: Actor,
    upload: String,
}

impl Office {
    async fn open(service: &Service, name: &str) -> Self {
        let made = service.bootstrap(name, "owner@example.org").await.expect("an account");
        let upload = World::uploaded(service, &made.tenant).await.expect("an upload");
        let sender = Sender { user: made.user, name: "Owner".into(), email: "owner@example.org".into() };
        let actor = Actor::ApiKey { key: format!("key_{name}"), address: "192.0.2.1".into() };
        Self { tenant: made.tenant, sender, actor, upload }
    }

    /// Sends a single envelope to this address.
    async fn send_to(&self, service: &Service, address: &str) {
        let recipient = RecipientDraft {
            name: "Ada Lovelace".into(),
            email: address.into(),
            step: 1,
            language: "en".to_owned(),
            ..RecipientDraft::default()
        };
        let asking = Asking {
            tenant: &self.tenant,
            mode: None,
            test: false,
            actor: &self.actor,
            sender: self.sender.clone(),
            webhooks: Vec::new(),
            reply: None,
        };
        let made = service.create_envelope(asking, draft(&self.upload, recipient)).await.expect("a draft");
        let scope = Scope { tenant: self.tenant.clone(), envelope: made.id, mode: None };
        service.send_envelope(&scope, &self.actor).await.expect("sent");
    }

    fn asker(&self) -> Asker {
        Asker { tenant: self.tenant.clone(), mode: None, actor: self.actor.clone() }
    }

    /// Starts a list of so many rows; its id.
    async fn start_list(&self, service: &Service, rows: usize) -> String {
        let recipient = RecipientDraft {
            name: Personal::default(),
            email: Personal::default(),
            placeholder: Some("Tenant".to_owned()),
            step: 1,
            language: "en".to_owned(),
            ..RecipientDraft::default()
        };
        let asker = self.asker();
        let source = TemplateSource::Draft(Box::new(draft(&self.upload, recipient)));
        let template =
            service.create_template(&asker, false, "Lease", source, None).await.expect("a template");
        let lines = (1..=rows).map(|it| format!("Person {it},row-{it}@example.org\n"));
        let list = lines.fold("Tenant name,Tenant email\n".to_owned(), |list, line| list + &line);
        let start = BulkStart {
            asker: &asker,
            sender: self.sender.clone(),
            frame_origins: &[],
            template: template.template.id,
            version: None,
            title: None,
            message: None,
            reply: None,
        };
        let file = ListFile { name: "tenants.csv".to_owned(), bytes: list.into_bytes() };
        let list = service.create_bulk(start, file).await.expect("every row is right").id;
        service.ask_bulk(&asker, &list, BulkAsk::Start).await.expect("started");
        list
    }
}

fn is_list(job: &Taken) -> bool {
    job.what().starts_with("bulk of")
}

/// Lets the lists go as far as they go while not one mail leaves; everything else waits its turn, in order.
async fn lists_go_as_far_as_they_go(world: &World<'_>, waiting: &mut VecDeque<Taken>) {
    for _ in 0..5 {
        loop {
            let (lists, others): (Vec<_>, Vec<_>) = world.service.own_jobs().into_iter().partition(is_list);
            waiting.extend(others);
            if lists.is_empty() {
                break;
            }
            for list in lists {
                world.service.carry_out_by_hand(&list).await.expect("a slice is done");
            }
        }
        world.clock.set(world.clock.shows() + 2 * SECOND);
        for job in world.service.take_jobs(50).await.expect("jobs are taken") {
            match is_list(&job) {
                true => world.service.carry_out_by_hand(&job).await.expect("a slice is done"),
                false => waiting.push_back(job),
            }
        }
    }
    waiting.extend(world.service.own_jobs());
}

/// Takes what waits in its turn until these have their mail; how many turns that were.
async fn turns_until(world: &World<'_>, waiting: &mut VecDeque<Taken>, addresses: &[&str]) -> usize {
    let arrived = || world.post.all().into_iter().map(|it| it.to).collect::<Vec<_>>();
    let mut turns = 0;
    while !addresses.iter().all(|address| arrived().iter().any(|to| to == address)) {
        let job = waiting.pop_front().expect("their mails are among what waits");
        world.service.carry_out_by_hand(&job).await.expect("it is done");
        turns += 1;
    }
    turns
}

/// Holds that nobody's single envelope stands behind a list, of their own or of others.
pub async fn a_single_envelope_waits_for_few(engine: Engine) {
    let Some(database) = Database::open(engine, 9).await else { return };
    let mut world = World::begin(&database, 1).await.expect("a world");
    world.calm();
    let (office, other) =
        (Office::open(&world.service, "Office").await, Office::open(&world.service, "Other").await);
    let list = office.start_list(&world.service, ROWS).await;
    let mut waiting = VecDeque::new();
    lists_go_as_far_as_they_go(&world, &mut waiting).await;
    let stands = world.service.bulk(&office.asker(), &list).await.expect("the list");
    assert!(stands.sent > 0 && stands.sent < 100, "it holds itself back: {stands:?}");

    office.send_to(&world.service, "own@example.org").await;
    other.send_to(&world.service, "other@example.org").await;
    lists_go_as_far_as_they_go(&world, &mut waiting).await;
    let turns = turns_until(&world, &mut waiting, &["own@example.org", "other@example.org"]).await;
    assert!(turns <= TURNS, "{turns} turns behind a list, {engine:?}");
    assert!(turns > 2, "the list had mails on their way");

    // What has left makes room for more of the list.
    while let Some(job) = waiting.pop_front() {
        world.service.carry_out_by_hand(&job).await.expect("it is done");
    }
    lists_go_as_far_as_they_go(&world, &mut waiting).await;
    let further = world.service.bulk(&office.asker(), &list).await.expect("the list");
    assert!(further.sent > stands.sent, "{further:?}");

    // The process ends; what it held is taken by another one, in the order in which it was written down.
    office.send_to(&world.service, "own-2@example.org").await;
    other.send_to(&world.service, "other-2@example.org").await;
    world.stop();
    world.clock.set(world.clock.shows() + 61 * SECOND);
    let taken = world.service.take_jobs(500).await.expect("jobs are taken");
    let mut waiting: VecDeque<Taken> = taken.into_iter().filter(|job| !is_list(job)).collect();
    let turns = turns_until(&world, &mut waiting, &["own-2@example.org", "other-2@example.org"]).await;
    assert!(turns <= TURNS, "{turns} turns after a stop, {engine:?}");
    drop(world);
    database.close().await;
}
