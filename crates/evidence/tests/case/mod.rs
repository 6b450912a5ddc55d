//! A small finished envelope with two documents, and ways to spoil it.

use evidence::{Disclosure, Draft, Hash, Link, Sealed, export, seal};
use serde_json::{Value, json};

/// Evidence and PDFs that are given together.
#[derive(Clone)]
pub struct Case {
    pub evidence: Vec<u8>,
    pub pdfs: Vec<Vec<u8>>,
}

/// A finished envelope with everything that leads to it.
pub struct Envelope {
    pub sealed: Vec<Sealed>,
    /// Each revision of document 1: upload, prepared, signed, sealed.
    pub first: Vec<Vec<u8>>,
    /// Each revision of document 2: upload, sealed. It has no field, so nothing was prepared in it.
    pub second: Vec<Vec<u8>>,
}

pub fn append(base: &[u8], tail: &str) -> Vec<u8> {
    [base, tail.as_bytes()].concat()
}

fn signature(head: Hash) -> String {
    format!("9 0 obj\n<</Type/Sig/CSGN_EventHead/sha256-{head}/M (D:20261122) >>\nendobj\n%%EOF\n")
}

pub fn revision(document: u64, base: &[u8], file: &[u8], head: Option<Hash>) -> Value {
    let mut revision = json!({
        "document": document,
        "base": Hash::of(base),
        "digest": Hash::of(file),
        "length": file.len(),
        "tail_length": file.len() - base.len(),
    });
    if let Some(head) = head {
        revision["event_head"] = json!(head);
    }
    revision
}

impl Envelope {
    pub fn finished() -> Self {
        let mut it = Self { sealed: Vec::new(), first: Vec::new(), second: Vec::new() };
        it.first.push(b"%PDF-1.7 one\n%%EOF\n".to_vec());
        it.second.push(b"%PDF-1.7 two\n%%EOF\n".to_vec());
        it.first.push(append(&it.first[0], "4 0 obj <</FT /Tx>> endobj\n%%EOF\n"));
        it.add("envelope_created", json!({
            "title": "Miete \u{1f600} \u{fb33} \u{1} \"\\/",
            "recipients": [{"name": {"$personal": "Ada \u{7f}\n"}, "step": 1}, {"name": {"$personal": {"b": 1, "a": null}}}],
            "\u{fb33}": true, "\u{1f600}": -9_007_199_254_740_991_i64,
        }));
        let prepared = revision(1, &it.first[0], &it.first[1], None);
        let untouched = revision(2, &it.second[0], &it.second[0], None);
        it.add("envelope_sent", json!({ "revisions": [prepared, untouched] }));
        it.add("signing_intended", json!({ "values": {"a/b~c": {"$personal": "x"}} }));
        it.first.push(append(&it.first[1], &signature(it.head())));
        let act = revision(1, &it.first[1], &it.first[2], Some(it.head()));
        it.add("recipient_signed", json!({ "revisions": [act] }));
        it.add("sealing_intended", json!({}));
        it.first.push(append(&it.first[2], &signature(it.head())));
        it.second.push(append(&it.second[0], &signature(it.head())));
        let seals = [
            revision(1, &it.first[2], &it.first[3], Some(it.head())),
            revision(2, &it.second[0], &it.second[1], Some(it.head())),
        ];
        it.add("envelope_sealed", json!({ "revisions": seals }));
        it.add("envelope_completed", json!({}));
        it
    }

    /// A declined envelope in which one file is both documents, and only the document of this number was signed.
    pub fn declined_with_one_file_twice(signed: u64) -> Self {
        let mut it = Self { sealed: Vec::new(), first: Vec::new(), second: Vec::new() };
        let file = b"%PDF-1.7 one\n%%EOF\n".to_vec();
        let untouched = [1, 2].map(|document| revision(document, &file, &file, None));
        it.add("envelope_sent", json!({ "revisions": untouched }));
        let after = append(&file, &signature(it.head()));
        it.add(
            "recipient_signed",
            json!({ "revisions": [revision(signed, &file, &after, Some(it.head()))] }),
        );
        it.add("envelope_declined", json!({}));
        (it.first, it.second) = (vec![file.clone(), after], vec![file]);
        it
    }

    fn head(&self) -> Hash {
        self.sealed.last().map_or(Hash::GENESIS, |it| it.hash)
    }

    fn add(&mut self, kind: &str, body: Value) {
        let seq = self.sealed.len() as u64 + 1;
        let draft = Draft {
            envelope: "env_1".into(),
            seq,
            at: format!("2026-11-22T02:05:5{seq}.000000Z"),
            kind: kind.into(),
            actor: json!({"kind": "recipient", "address": {"$personal": "192.0.2.7"}}),
            body,
            prev: self.head(),
        };
        let mut salt = seq as u8;
        self.sealed.push(
            seal(draft, &mut || {
                salt += 16;
                [salt; 16]
            })
            .unwrap(),
        );
    }

    pub fn evidence(&self) -> String {
        let links: Vec<_> =
            self.sealed.iter().map(|it| Link { entry_text: &it.entry_text, hash: it.hash }).collect();
        let disclosures: Vec<(u64, &Disclosure)> = (1..)
            .zip(&self.sealed)
            .flat_map(|(seq, it)| it.disclosures.iter().map(move |one| (seq, one)))
            .collect();
        export("env_1", &links, &disclosures).unwrap()
    }

    /// The case that fits: the evidence and the last revision of each document.
    pub fn case(&self) -> Case {
        Case {
            evidence: self.evidence().into_bytes(),
            pdfs: vec![self.first[3].clone(), self.second[1].clone()],
        }
    }

    /// The same evidence with other PDFs.
    pub fn with(&self, pdfs: &[&[u8]]) -> Case {
        Case { pdfs: pdfs.iter().map(|it| it.to_vec()).collect(), ..self.case() }
    }

    /// The evidence with a change that leaves it canonical.
    pub fn edited(&self, edit: impl FnOnce(&mut Value)) -> Case {
        let mut file: Value = serde_json::from_str(&self.evidence()).unwrap();
        edit(&mut file);
        // Written without the help of the crate, which would refuse some of what stands in these files.
        Case { evidence: sorted(&file).to_string().into_bytes(), ..self.case() }
    }
}

/// Members in the order of their keys, all of which are ASCII but for two that are written in order here.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<_> = members.iter().collect();
            keys.sort_by_key(|(key, _)| key.encode_utf16().collect::<Vec<_>>());
            Value::Object(keys.into_iter().map(|(key, member)| (key.clone(), sorted(member))).collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        plain => plain.clone(),
    }
}

/// Makes a forged chain whole again: each `prev`, each hash, and the head.
pub fn rechain(file: &mut Value) {
    let mut prev = json!(Hash::GENESIS);
    for link in file["entries"].as_array_mut().unwrap() {
        link["entry"]["prev"] = prev;
        prev = json!(Hash::of(sorted(&link["entry"]).to_string()));
        link["hash"] = prev.clone();
    }
    file["head"] = prev;
}
