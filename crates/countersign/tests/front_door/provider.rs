//! An identity provider on the loopback: a good one, or one that is anything but. It checks what it is sent as RFC 6749
//! and RFC 7636 want it.

use crate::judges::now;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use url::Url;

pub const CLIENT: &str = "countersign-at-example";
pub const SECRET: &str = "s3cret:é/+";

/// What is wrong with the provider.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    Nothing,
    /// The ID token is right but for this claim.
    Claim(&'static str, Value),
    /// The ID token is not signed.
    Unsigned,
    /// The ID token is signed by a key that is published nowhere.
    Forged,
    /// It answers with this status and these words.
    Says(u16, &'static str),
    /// It sends whoever asks elsewhere.
    Elsewhere(String),
    /// It does not answer, while the connection stays open.
    Silent,
    /// Its answer does not end.
    Endless,
}

/// Who is signed in there.
#[derive(Clone, Debug)]
pub struct Account {
    pub subject: String,
    pub claims: Value,
}

struct Inside {
    url: String,
    account: Account,
    /// What is wrong at which path.
    wrong: BTreeMap<&'static str, Wrong>,
    key: EcdsaKeyPair,
    key_id: u32,
    /// Nonce and challenge by code.
    codes: BTreeMap<String, (String, String)>,
    /// Paths that were asked for.
    asked: Vec<String>,
    tokens: Vec<String>,
    /// Its tokens say nothing of people but who they are.
    reserved: bool,
}

/// The provider, open as long as the test runs.
#[derive(Clone)]
pub struct Provider(Arc<Mutex<Inside>>);

fn new_key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Provider {
    /// One at which the holder of this address is signed in.
    pub fn open(email: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let claims = json!({"email": email, "email_verified": true});
        let provider = Self(Arc::new(Mutex::new(Inside {
            url,
            account: Account { subject: "00u7ada42".into(), claims },
            wrong: BTreeMap::new(),
            key: new_key(),
            key_id: 1,
            codes: BTreeMap::new(),
            asked: Vec::new(),
            tokens: Vec::new(),
            reserved: false,
        })));
        let kept = provider.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let provider = kept.clone();
                std::thread::spawn(move || provider.talk(stream));
            }
        });
        provider
    }

    pub fn issuer(&self) -> String {
        self.0.lock().unwrap().url.clone()
    }

    /// Somebody else signs in there from now on.
    pub fn signs_in(&self, account: Account) {
        self.0.lock().unwrap().account = account;
    }

    /// From now on this is wrong at this path.
    pub fn is_wrong(&self, path: &'static str, wrong: Wrong) {
        self.0.lock().unwrap().wrong.insert(path, wrong);
    }

    /// It signs with another key from now on.
    pub fn changes_its_key(&self) {
        let mut inside = self.0.lock().unwrap();
        inside.key = new_key();
        inside.key_id += 1;
    }

    /// Addresses stand in no token from now on; whoever holds one may ask for them.
    pub fn keeps_addresses_out_of_tokens(&self) {
        self.0.lock().unwrap().reserved = true;
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.0.lock().unwrap().asked.iter().filter(|it| *it == path).count()
    }

    /// Every ID token and access token that it gave.
    pub fn tokens(&self) -> Vec<String> {
        self.0.lock().unwrap().tokens.clone()
    }

    /// Somebody signs in at this address; the query with which their browser comes back.
    pub fn sign_in(&self, address: &str) -> String {
        let asked: BTreeMap<String, String> =
            Url::parse(address).unwrap().query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert!(asked["redirect_uri"].ends_with("/oidc/callback"), "{asked:?}");
        assert!(asked["scope"].split(' ').any(|it| it == "openid"));
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut inside = self.0.lock().unwrap();
        let code = format!("code-{}", inside.codes.len());
        inside.codes.insert(code.clone(), (asked["nonce"].clone(), asked["code_challenge"].clone()));
        format!("code={code}&state={}", asked["state"])
    }

    fn talk(&self, stream: TcpStream) -> Option<()> {
        let mut writer = stream.try_clone().ok()?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let (mut length, mut authorization) = (0, String::new());
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().ok()?,
                "authorization" => value.clone_into(&mut authorization),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let wrong = {
            let mut inside = self.0.lock().ok()?;
            inside.asked.push(path.clone());
            inside.wrong.get(path.as_str()).cloned().unwrap_or(Wrong::Nothing)
        };
        let (status, words) = match wrong {
            Wrong::Says(status, words) => (status, words.to_owned()),
            Wrong::Elsewhere(url) => {
                return write!(writer, "HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n")
                    .ok();
            }
            Wrong::Silent => return reader.read_to_end(&mut Vec::new()).ok().map(drop),
            Wrong::Endless => {
                write!(writer, "HTTP/1.1 200 So\r\nContent-Length: 10000000000\r\n\r\n").ok()?;
                loop {
                    writer.write_all(&[b' '; 65_536]).ok()?;
                }
            }
            wrong => {
                let (status, answer) = self.answer(&path, &authorization, &body, &wrong)?;
                (status, answer.to_string())
            }
        };
        let head =
            format!("HTTP/1.1 {status} So\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", words.len());
        writer.write_all(format!("{head}{words}").as_bytes()).ok()
    }

    fn answer(&self, path: &str, authorization: &str, body: &[u8], wrong: &Wrong) -> Option<(u16, Value)> {
        let mut inside = self.0.lock().ok()?;
        let url = inside.url.clone();
        match path {
            "/.well-known/openid-configuration" => Some((
                200,
                json!({
                    "issuer": url, "authorization_endpoint": format!("{url}/authorize"),
                    "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/keys"),
                    "userinfo_endpoint": format!("{url}/me"),
                }),
            )),
            "/keys" => {
                let point = inside.key.public_key().as_ref();
                let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
                let key = json!({"kty": "EC", "crv": "P-256", "kid": format!("k{}", inside.key_id), "x": x, "y": y});
                Some((200, json!({ "keys": [key] })))
            }
            "/me" => {
                let token = authorization.strip_prefix("Bearer ")?;
                if !inside.tokens.iter().any(|it| it == token && it.starts_with("access-")) {
                    return Some((401, Value::Null));
                }
                let mut said = inside.account.claims.clone();
                said["sub"] = inside.account.subject.clone().into();
                if let Wrong::Claim(name, value) = wrong {
                    said[*name] = value.clone();
                }
                Some((200, said))
            }
            "/token" => Some(inside.tokens_for(authorization, body, wrong)),
            _ => Some((404, Value::Null)),
        }
    }
}

impl Inside {
    fn tokens_for(&mut self, authorization: &str, body: &[u8], wrong: &Wrong) -> (u16, Value) {
        // RFC 6749 2.3.1: both are form-encoded first.
        let client = format!("{CLIENT}:s3cret%3A%C3%A9%2F%2B");
        if authorization != format!("Basic {}", STANDARD.encode(client)) {
            return (401, json!({"error": "invalid_client"}));
        }
        let form: BTreeMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
        // A code is good once, for who brings the verifier of its challenge.
        let known = self.codes.remove(&form["code"]);
        let challenge = encoded(digest(&SHA256, form["code_verifier"].as_bytes()));
        let Some((nonce, _)) = known.filter(|(_, known)| *known == challenge) else {
            return (400, json!({"error": "invalid_grant"}));
        };
        let access = format!("access-{}", self.tokens.len());
        let now_s = now().as_second();
        let mut claims = json!({
            "iss": self.url, "sub": self.account.subject, "aud": CLIENT, "exp": now_s + 300, "iat": now_s,
            "auth_time": now_s, "nonce": nonce,
            "at_hash": encoded(&digest(&SHA256, access.as_bytes()).as_ref()[..16]),
        });
        let of_account = self.account.claims.as_object().filter(|_| !self.reserved);
        for (name, value) in of_account.into_iter().flatten() {
            claims[name] = value.clone();
        }
        if let Wrong::Claim(name, value) = wrong {
            claims[*name] = value.clone();
        }
        let header = match wrong {
            Wrong::Unsigned => json!({"alg": "none"}),
            _ => json!({"alg": "ES256", "kid": format!("k{}", self.key_id)}),
        };
        let message = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
        let forger = new_key();
        let signer = if *wrong == Wrong::Forged { &forger } else { &self.key };
        let signature = match wrong {
            Wrong::Unsigned => String::new(),
            _ => encoded(signer.sign(&SystemRandom::new(), message.as_bytes()).unwrap()),
        };
        let token = format!("{message}.{signature}");
        self.tokens.extend([token.clone(), access.clone()]);
        (200, json!({"access_token": access, "token_type": "Bearer", "id_token": token}))
    }
}
