//! The service itself: what every use case works with.

use crate::guesses::Shut;
use crate::identity_provider::Documents;
use crate::pictures::Pictures;
use crate::pictures::turns::Turns;
use crate::secrets::DataKeys;
use crate::settings::Settings;
use crate::vault::Vault;
use crate::webhooks::Receivers;
use crate::work::Jobs;
use crate::world::{Clock, Random};
use convert::Converter;
use deliver::Outlet;
use deliver::bounce::Bounces;
use deliver::channel::Channel;
use deliver::remote_key::RemoteKeys;
use deliver::webhook::Caller;
use jiff::Timestamp;
use std::sync::{Arc, Mutex, OnceLock};
use store::Store;

/// So many exports are made at the same time, at most.
const EXPORTS_AT_ONCE: usize = 3;

/// The use cases. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Service {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) outlet: Outlet,
    pub(crate) channel: Channel,
    pub(crate) caller: Caller,
    pub(crate) remote_keys: RemoteKeys,
    pub(crate) bounces: Bounces,
    pub(crate) converter: Converter,
    pub(crate) pictures: Pictures,
    /// Who exports values; each reads many envelopes.
    pub(crate) exports: Turns,
    pub(crate) receivers: Receivers,
    pub(crate) provider_documents: Documents,
    pub(crate) settings: Settings,
    pub(crate) data_keys: DataKeys,
    pub(crate) authority: OnceLock<Arc<pki::Authority>>,
    pub(crate) revocation_list: Mutex<Option<(Timestamp, Vec<u8>)>>,
    pub(crate) shut: Shut,
    pub(crate) jobs: Jobs,
}

/// What a service is made of.
pub struct Parts {
    /// Database and blobs.
    pub store: Store,
    /// The master key's holder.
    pub vault: Vault,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes.
    pub random: Arc<dyn Random>,
    /// Where mails go.
    pub outlet: Outlet,
    /// The way to people's telephones.
    pub channel: Channel,
    /// The way to customers' programs.
    pub caller: Caller,
    /// The way to people's own keys elsewhere.
    pub remote_keys: RemoteKeys,
    /// How mails that come back are known.
    pub bounces: Bounces,
    /// Makes PDFs of other documents.
    pub converter: Converter,
    /// How pages are drawn.
    pub pictures: Pictures,
    /// What the operator decided.
    pub settings: Settings,
}

/// Whether something is done in earnest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Sends nothing outside, and documents are marked.
    Test,
    /// The real thing.
    Live,
}

impl Service {
    /// Puts the parts together. Nothing happens until a use case is called or the workers are started.
    pub fn new(parts: Parts) -> Self {
        let jobs = Jobs::new(parts.settings.workers);
        Self {
            inner: Arc::new(Inner {
                store: parts.store,
                vault: parts.vault,
                clock: parts.clock,
                random: parts.random,
                outlet: parts.outlet,
                channel: parts.channel,
                caller: parts.caller,
                remote_keys: parts.remote_keys,
                bounces: parts.bounces,
                converter: parts.converter,
                pictures: parts.pictures,
                exports: Turns::new(EXPORTS_AT_ONCE),
                receivers: Receivers::default(),
                provider_documents: Documents::default(),
                settings: parts.settings,
                data_keys: DataKeys::default(),
                authority: OnceLock::new(),
                revocation_list: Mutex::new(None),
                shut: Shut::default(),
                jobs,
            }),
        }
    }

    /// What the operator decided.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Database and blobs.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The time, to the microsecond, as events and tables keep it.
    pub fn now(&self) -> Timestamp {
        crate::world::from_micros(crate::world::to_micros(self.inner.clock.now()))
    }

    pub(crate) fn converter(&self) -> &Converter {
        &self.inner.converter
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.inner.random
    }

    pub(crate) fn new_id(&self, prefix: &str) -> String {
        crate::ids::new(prefix, &*self.inner.clock, self.random())
    }
}
