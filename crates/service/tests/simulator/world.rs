//! The world of one run: a service that can be stopped at any time, its store, its clock, its post.

use crate::chance::{Chance, Dice};
use crate::crash::{Crash, Fuse, HandClock};
use crate::database::Database;
use crate::history::History;
use crate::post::{Letter, Post};
use deliver::Outlet;
use deliver::channel::Channel;
use deliver::remote_key::RemoteKeys;
use deliver::webhook::{Caller, CallerSettings};
use envelope::{Actor, Sender};
use futures::FutureExt;
use futures::future::BoxFuture;
use service::pictures::{NoDrawer, Pictures};
use service::uploads::Wishes;
use service::work::Taken;
use service::{Error, Parts, Scope, Service, Settings, Vault, deliver, envelope, store};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

/// What is asked of the service.
pub type Asked<T> = BoxFuture<'static, Result<T, Error>>;

/// What came of it, as far as who asked can tell.
pub enum Answer<T> {
    Done(T),
    Refused(Error),
    /// The process stopped, before or after it was done: no answer came.
    None,
}

/// An envelope of this run.
pub struct Case {
    pub scope: Scope,
    pub history: History,
    /// Links that were handed to the sender's program, by token, and whose they are.
    pub handed: Vec<(String, u16)>,
    /// Visits that have begun: token of the visit by token of the link.
    pub visits: BTreeMap<String, String>,
    /// Who was told that their act was taken, and by what it is known.
    pub told: Vec<(u16, &'static str)>,
}

/// The world of one run.
pub struct World<'d> {
    pub database: &'d Database,
    pub chance: Chance,
    pub fuse: Arc<Fuse>,
    pub clock: Arc<HandClock>,
    pub post: Arc<Post>,
    dice: Arc<Dice>,
    pub service: Service,
    pub test: bool,
    pub tenant: String,
    pub sender: Sender,
    pub actor: Actor,
    pub upload: String,
    pub cases: Vec<Case>,
    /// Jobs that the process holds.
    pub pool: Vec<Taken>,
    /// Jobs that processes held which stopped, and that go on when nobody thinks of them any more.
    pub undead: Vec<Taken>,
    /// What was done so far.
    pub moves: Vec<String>,
    pub crashes: usize,
    /// Letters whose cause was looked for.
    pub letters_read: BTreeSet<String>,
    /// Nothing stops any more.
    calm: bool,
}

impl<'d> World<'d> {
    /// An empty account, and one uploaded document.
    pub async fn begin(database: &'d Database, seed: u64) -> Result<World<'d>, String> {
        let mut chance = Chance::new(seed);
        let fuse = Arc::new(Fuse::default());
        let clock = Arc::new(HandClock::new(fuse.clone()));
        let dice = Arc::new(Dice(Mutex::new(Chance::new(chance.next())), fuse.clone()));
        let trouble = if chance.percent(30) { 5 } else { 0 };
        let post = Arc::new(Post::new(Chance::new(chance.next()), fuse.clone(), trouble));
        let service = service(database, &clock, &dice, &post);
        let broken = |error: Error| format!("a run cannot begin: {error} {error:?}");
        // The authority is older than any clock here is set back: before its time it signs nothing, and says so.
        let begin = clock.shows();
        clock.set(begin - 30 * 86_400_000_000);
        service.authority().await.map_err(broken)?;
        clock.set(begin);
        // By its own name: a run that is repeated on the same store is another account.
        let name = format!("Run {seed} {}", clock.shows());
        let made = service.bootstrap(&name, "owner@example.org").await.map_err(broken)?;
        let upload = Self::uploaded(&service, &made.tenant).await?;
        let sender = Sender { user: made.user, name: "Owner".into(), email: "owner@example.org".into() };
        Ok(World {
            database,
            test: chance.percent(15),
            chance,
            fuse,
            clock,
            post,
            dice,
            service,
            tenant: made.tenant,
            sender,
            actor: Actor::ApiKey { key: "key_simulator".to_owned(), address: "192.0.2.1".into() },
            upload,
            cases: Vec::new(),
            pool: Vec::new(),
            undead: Vec::new(),
            moves: Vec::new(),
            crashes: 0,
            letters_read: BTreeSet::new(),
            calm: false,
        })
    }

    /// The one page that everybody signs.
    pub async fn uploaded(service: &Service, tenant: &str) -> Result<String, String> {
        let broken = |error: Error| format!("an upload fails: {error:?}");
        let mut file = service.receive(None).map_err(broken)?;
        file.take(&testkit::Pdf::one_page().bytes()).map_err(broken)?;
        let upload =
            service.upload(tenant, None, "lease.pdf", file, Wishes::default(), None).await.map_err(broken)?;
        Ok(upload.id)
    }

    /// Asks the service for something; now and then the process stops over it.
    pub async fn ask<T>(
        &mut self,
        what: String,
        ask: impl FnOnce(Service) -> Asked<T>,
    ) -> Result<Answer<T>, String> {
        self.moves.push(what);
        if !self.calm && self.chance.percent(8) {
            self.fuse.light(self.chance.between(1, 14));
        }
        let answer = AssertUnwindSafe(ask(self.service.clone())).catch_unwind().await;
        self.fuse.put_out();
        match answer {
            Ok(Ok(_)) if !self.calm && self.chance.percent(3) => {
                self.note("  done, and the answer was lost");
                self.stop();
                Ok(Answer::None)
            }
            Ok(Ok(done)) => Ok(Answer::Done(done)),
            Ok(Err(error)) => {
                self.note(&format!("  refused: {}", error.code()));
                Ok(Answer::Refused(error))
            }
            Err(cause) if cause.is::<Crash>() => {
                self.note("  stopped over it");
                self.stop();
                Ok(Answer::None)
            }
            Err(cause) => {
                let said = cause.downcast_ref::<String>().map(String::as_str);
                let said = said.or_else(|| cause.downcast_ref::<&str>().copied());
                Err(format!("it panicked: {}", said.unwrap_or("without a word")))
            }
        }
    }

    /// The process is gone, with everything that it had not written down; another one begins.
    pub fn stop(&mut self) {
        self.crashes += 1;
        self.pool.extend(self.service.own_jobs());
        let held = std::mem::take(&mut self.pool);
        self.undead.extend(held.into_iter().filter(|_| self.chance.percent(25)));
        self.service = service(self.database, &self.clock, &self.dice, &self.post);
    }

    /// From now on nothing stops, and every letter is taken.
    pub fn calm(&mut self) {
        self.moves.push("the weather clears".to_owned());
        self.calm = true;
        self.post.calm();
    }

    pub fn note(&mut self, words: &str) {
        if let Some(last) = self.moves.last_mut() {
            last.push_str(words);
        }
    }

    /// Everything that was sent, wherever it is read.
    pub async fn letters(&self) -> Result<Vec<Letter>, String> {
        if !self.test {
            return Ok(self.post.all());
        }
        let mut kept =
            self.service.test_messages(&self.tenant, None).await.map_err(|it| format!("{it:?}"))?;
        kept.sort_by(|one, other| (one.at, &one.message).cmp(&(other.at, &other.message)));
        let letter = |it: store::messages::MessageRow| Letter {
            id: it.message,
            to: it.recipient_address,
            text: it.text,
        };
        Ok(kept.into_iter().map(letter).collect())
    }

    /// Reads what happened to an envelope since it was last looked at; gives how much was known.
    pub async fn look(&mut self, case: usize) -> Result<usize, String> {
        let case = &mut self.cases[case];
        case.history.catch_up(&self.database.store, &self.tenant, &case.scope.envelope).await
    }
}

fn service(database: &Database, clock: &Arc<HandClock>, dice: &Arc<Dice>, post: &Arc<Post>) -> Service {
    Service::new(Parts {
        store: database.store.clone(),
        vault: Vault::new(service::Key::new([7; 32])),
        clock: clock.clone(),
        random: dice.clone(),
        outlet: Outlet::Other(post.clone()),
        channel: Channel::None,
        remote_keys: RemoteKeys::default(),
        caller: Caller::new(&CallerSettings::default()).expect("nothing is set that could be wrong"),
        bounces: service::deliver::bounce::Bounces::default(),
        converter: service::convert::Converter::new(&service::convert::Settings::default()),
        pictures: Pictures::new(Arc::new(NoDrawer), 1),
        settings: Settings {
            public_url: "https://sign.example.org".to_owned(),
            upload_bytes_max: 10_000_000,
            dev: false,
            works: true,
            patience: std::time::Duration::ZERO,
            workers: 4,
            mail_from: "sign@example.org".to_owned(),
            attachments_bytes_max: 1_000_000,
            document_hosts: Vec::new(),
        },
    })
}
