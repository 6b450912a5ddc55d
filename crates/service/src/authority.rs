//! The built-in certification authority, and the tenant's seal.

use crate::error::Error;
use crate::secrets::SYSTEM;
use crate::server::Service;
use crate::world;
use base64::Engine as _;
use jiff::SignedDuration;
use pki::{Authority, Certificate, KeyPair};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::counters;
use zeroize::Zeroizing;

/// The authority lives so long.
const YEARS: u16 = 40;
/// A list of revoked certificates is good for so long.
/// One list is given to everybody for so long: strangers who ask cost no commit.
const CRL_KEPT: SignedDuration = SignedDuration::from_hours(1);
const CRL_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A key and its certificate, as they are kept: together, so that no process sees one without the other.
#[derive(Serialize, Deserialize)]
struct Kept {
    key: String,
    certificate: String,
}

impl Kept {
    fn write(key: &KeyPair, certificate: &Certificate) -> Result<Zeroizing<Vec<u8>>, Error> {
        let base64 = base64::engine::general_purpose::STANDARD;
        let pkcs8 = key.to_pkcs8().map_err(Error::fault)?;
        let kept =
            Self { key: base64.encode(pkcs8.as_slice()), certificate: base64.encode(certificate.der()) };
        Ok(Zeroizing::new(serde_json::to_vec(&kept).map_err(Error::fault)?))
    }

    fn read(bytes: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), Error> {
        let base64 = base64::engine::general_purpose::STANDARD;
        let kept: Self = serde_json::from_slice(bytes).map_err(Error::fault)?;
        let key = Zeroizing::new(base64.decode(kept.key).map_err(Error::fault)?);
        Ok((key, base64.decode(kept.certificate).map_err(Error::fault)?))
    }
}

/// A key with which documents are signed, its certificate, and those up to the root.
pub(crate) struct Identity {
    pub(crate) key: KeyPair,
    pub(crate) certificate: Certificate,
    pub(crate) chain: Vec<Certificate>,
}

impl Service {
    /// The authority; made at the first start.
    pub async fn authority(&self) -> Result<Arc<Authority>, Error> {
        if let Some(authority) = self.inner.authority.get() {
            return Ok(authority.clone());
        }
        // Two that come here at once read the same secret: the first one written stands.
        let kept = self.secret_or(SYSTEM, "authority", || self.new_authority()).await?;
        let (key, certificate) = Kept::read(&kept)?;
        let authority = Arc::new(Authority::open(&key, &certificate).map_err(Error::fault)?);
        Ok(self.inner.authority.get_or_init(|| authority).clone())
    }

    fn new_authority(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let now = self.now();
        let key = KeyPair::generate_p256().map_err(Error::fault)?;
        let kept_key = key.to_pkcs8().map_err(Error::fault)?;
        let serial: [u8; 16] = world::bytes(self.random());
        let name = format!("Countersign CA {}", crate::vault::hex(&serial[..4]));
        let new = pki::NewAuthority { name, key, serial, now, years: YEARS };
        let authority = Authority::create(new).map_err(Error::fault)?;
        let key = KeyPair::from_pkcs8(&kept_key).map_err(Error::fault)?;
        Kept::write(&key, authority.certificate())
    }

    /// The tenant's seal; made at its first use.
    pub(crate) async fn seal_identity(&self, tenant: &str, name: &str) -> Result<Identity, Error> {
        let authority = self.authority().await?;
        let kept = self
            .secret_or(tenant, "seal", || {
                let key = KeyPair::generate_p256().map_err(Error::fault)?;
                let subject = pki::Subject {
                    common_name: name.to_owned(),
                    email: None,
                    organization: Some(name.to_owned()),
                };
                let certificate = self.issue(&authority, &key, subject, &[], pki::Profile::Seal)?;
                Kept::write(&key, &certificate)
            })
            .await?;
        let (key, certificate) = Kept::read(&kept)?;
        Ok(Identity {
            key: KeyPair::from_pkcs8(&key).map_err(Error::fault)?,
            certificate: Certificate::from_der(&certificate).map_err(Error::fault)?,
            chain: vec![authority.certificate().clone()],
        })
    }

    /// A key and a certificate for one act. The key is gone when the value is dropped.
    pub(crate) async fn act_identity(
        &self,
        subject: pki::Subject,
        methods: &[String],
    ) -> Result<Identity, Error> {
        let authority = self.authority().await?;
        let key = KeyPair::generate_p256().map_err(Error::fault)?;
        let certificate = self.issue(&authority, &key, subject, methods, pki::Profile::Act)?;
        Ok(Identity { key, certificate, chain: vec![authority.certificate().clone()] })
    }

    fn issue(
        &self,
        authority: &Authority,
        key: &KeyPair,
        subject: pki::Subject,
        methods: &[String],
        profile: pki::Profile,
    ) -> Result<Certificate, Error> {
        authority
            .issue(pki::Request {
                subject,
                spki: &key.public_key_spki_der().map_err(Error::fault)?,
                serial: world::bytes(self.random()),
                not_before: self.now(),
                not_after: None,
                methods,
                profile,
                public_url: &self.settings().public_url,
            })
            .map_err(Error::fault)
    }

    /// A signed list of revoked certificates (RFC 5280 5), DER.
    pub async fn certificate_revocation_list(&self) -> Result<Vec<u8>, Error> {
        let now = self.now();
        let kept = self.inner.revocation_list.lock().ok().and_then(|kept| kept.clone());
        if let Some((until, list)) = kept
            && now < until
        {
            return Ok(list);
        }
        let authority = self.authority().await?;
        let number = self
            .store()
            .write(|tx| Box::pin(async move { counters::increment(tx, SYSTEM, "crl").await }))
            .await
            .map_err(Error::Fault)?;
        let next_update = now.checked_add(CRL_LIFE).map_err(Error::fault)?;
        let number = u64::try_from(number).map_err(Error::fault)?;
        let list = authority.crl(number, now, next_update, &[]).map_err(Error::fault)?;
        if let (Ok(mut kept), Ok(until)) = (self.inner.revocation_list.lock(), now.checked_add(CRL_KEPT)) {
            *kept = Some((until, list.clone()));
        }
        Ok(list)
    }
}
