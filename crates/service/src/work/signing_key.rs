//! The key of an act: made for it and gone with it, or its signer's own, which a service elsewhere holds.

use crate::authority::Identity;
use crate::error::Error;
use crate::server::Service;
use deliver::channel::ChannelFault;
use envelope::{CertificateFacts, Envelope, RecipientDraft};
use pki::{Certificate, SignatureAlgorithm};

/// What a signature is made with.
pub(crate) enum SigningKey {
    /// A key that this process has in its memory.
    Here(Identity),
    /// One that a service elsewhere holds.
    Elsewhere(KeyElsewhere),
}

/// A key that a service elsewhere holds.
pub(crate) struct KeyElsewhere {
    credential: String,
    algorithm: SignatureAlgorithm,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

impl SigningKey {
    pub(crate) fn certificate(&self) -> &Certificate {
        match self {
            Self::Here(identity) => &identity.certificate,
            Self::Elsewhere(key) => &key.certificate,
        }
    }

    pub(crate) fn chain(&self) -> &[Certificate] {
        match self {
            Self::Here(identity) => &identity.chain,
            Self::Elsewhere(key) => &key.chain,
        }
    }

    pub(crate) fn facts(&self) -> CertificateFacts {
        super::signing::facts(self.certificate())
    }
}

impl Service {
    /// The key with which a recipient's act is signed.
    pub(super) async fn act_key(
        &self,
        tenant: &str,
        state: &Envelope,
        (number, person): (u16, &RecipientDraft),
        methods: &[String],
    ) -> Result<SigningKey, Error> {
        let keys = &self.inner.remote_keys;
        if keys.knows(person.email.text()) && state.signs_with_own_key(number, methods) {
            let tenant = self.tenant_name(tenant).await?;
            if let Some(credential) = keys.credential(&tenant, person.email.text()) {
                return self.key_elsewhere(credential).await.map(SigningKey::Elsewhere);
            }
        }
        let subject = pki::Subject {
            common_name: person.name.text().to_owned(),
            email: Some(person.email.text().to_owned()),
            organization: None,
        };
        self.act_identity(subject, methods).await.map(SigningKey::Here)
    }

    async fn key_elsewhere(&self, credential: &str) -> Result<KeyElsewhere, Error> {
        let found = self.unless_stopped(self.inner.remote_keys.certificates(credential)).await?;
        let unusable = |what: &str| Error::KeyElsewhere { why: what.to_owned() };
        let mut chain = found.iter().map(|der| Certificate::from_der(der)).collect::<Result<Vec<_>, _>>();
        let chain = chain.as_mut().map_err(|_| unusable("its certificates cannot be read"))?;
        let certificate = chain.remove(0);
        let algorithm = SignatureAlgorithm::of_key(certificate.public_key())
            .ok_or_else(|| unusable("it is neither an RSA key nor one on the curve P-256"))?;
        if !(certificate.not_before()..=certificate.not_after()).contains(&self.now()) {
            return Err(unusable("its certificate is not valid now"));
        }
        let (credential, chain) = (credential.to_owned(), std::mem::take(chain));
        Ok(KeyElsewhere { credential, algorithm, certificate, chain })
    }

    /// Has a revision signed. Nothing is held meanwhile but the job's lease: no transaction, no lock, no place among
    /// the workers that everybody needs.
    pub(super) async fn sign_elsewhere(
        &self,
        key: &KeyElsewhere,
        digested: &pades::Digested,
    ) -> Result<(SignatureAlgorithm, Vec<u8>), Error> {
        let hash = pki::sha256(&digested.to_be_signed(&key.certificate));
        let algorithm = key.algorithm.oid().to_string();
        let signed = self.unless_stopped(self.inner.remote_keys.sign(&key.credential, &hash, &algorithm));
        Ok((key.algorithm, signed.await?))
    }

    /// Waits for the service elsewhere, for as long as this process is to go on: the next one asks anew.
    async fn unless_stopped<T>(
        &self,
        asked: impl Future<Output = Result<T, ChannelFault>>,
    ) -> Result<T, Error> {
        let mut stopping = self.inner.jobs.stopping.subscribe();
        let why = tokio::select! {
            answer = asked => match answer {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault.to_string(),
            },
            _ = stopping.wait_for(|it| *it) => "this server was stopped over it".to_owned(),
        };
        Err(Error::KeyElsewhere { why })
    }
}
