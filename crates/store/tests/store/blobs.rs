//! Documents' bytes in a folder and in a bucket.

use std::io::Write;

use futures::future::join_all;
use futures::{StreamExt, TryStreamExt};
use store::{Blobs, FaultKind, Options, Store};

use crate::given;

macro_rules! in_folder_and_bucket {
    ($($name:ident),+ $(,)?) => {
        mod in_folder {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let folder = crate::given::folder();
                let store = super::open(&store::Options::in_folder(folder.path())).await;
                super::$name(store.blobs()).await;
            })+
        }
        mod in_bucket {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let folder = crate::given::folder();
                if let Some(options) = super::bucket(&folder) {
                    super::$name(super::open(&options).await.blobs()).await;
                }
            })+
        }
    };
}

in_folder_and_bucket!(
    bytes_are_found_by_their_digest,
    a_big_file_is_stored_and_opened_whole,
    a_file_of_another_digest_is_refused_and_not_stored,
    what_stands_is_not_written_again,
    a_part_is_read_without_the_rest,
    tenants_do_not_see_each_others_blobs,
    names_that_are_none_are_refused,
    many_can_open_the_same_blob_at_once,
    every_blob_is_listed,
);

pub async fn open(options: &Options) -> Store {
    Store::open(options).await.expect("an empty store opens")
}

/// A place of its own in the test bucket.
pub fn bucket(folder: &tempfile::TempDir) -> Option<Options> {
    let address = given::service("COUNTERSIGN_TEST_S3")?;
    let (bucket, query) = address.split_once('?').expect("the address names the endpoint");
    let blobs = format!("{bucket}/{}?{query}", given::unique(folder));
    Some(Options { blobs, cache: Some(folder.path().join("cache")), ..Options::in_folder(folder.path()) })
}

const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

/// Bytes that no compression makes small and no two places of which are alike.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn digest(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("there is room");
    file
}

async fn bytes_are_found_by_their_digest(blobs: &Blobs) {
    assert!(!blobs.exists("acme", HELLO).await.expect("it answers"));
    assert_eq!(blobs.put_bytes("acme", "hello").await.expect("it is stored"), HELLO);
    assert!(blobs.exists("acme", HELLO).await.expect("it answers"));
    assert_eq!(blobs.get("acme", HELLO).await.expect("it is there"), "hello");
    let local = blobs.open_local("acme", HELLO).await.expect("it is there");
    assert_eq!(local.length(), 5);
    assert_eq!(std::fs::read(local.path()).expect("it is a file"), b"hello");
    let empty = blobs.put_bytes("acme", "").await.expect("also nothing is something");
    assert_eq!(blobs.get("acme", &empty).await.expect("it is there"), "");
}

async fn a_big_file_is_stored_and_opened_whole(blobs: &Blobs) {
    // Three parts, the last of them short; and exactly one part, which is the last length that goes in several.
    for length in [12_000_001, 5 << 20, (5 << 20) - 1] {
        let bytes = noise(length);
        let digest = digest(&bytes);
        blobs.put_file("acme", file(&bytes).path(), &digest).await.expect("it is stored");
        let local = blobs.open_local("acme", &digest).await.expect("it is there");
        assert_eq!(local.length(), length as u64);
        assert!(
            std::fs::read(local.path()).expect("it is a file") == bytes,
            "{length} bytes came back changed"
        );
    }
}

async fn a_file_of_another_digest_is_refused_and_not_stored(blobs: &Blobs) {
    for bytes in [noise(10), noise(6 << 20)] {
        let fault =
            blobs.put_file("acme", file(&bytes).path(), HELLO).await.expect_err("the digest is another");
        assert_eq!(fault.kind, FaultKind::Corrupt);
        assert!(!blobs.exists("acme", HELLO).await.expect("it answers"));
    }
    let fault = blobs.open_local("acme", HELLO).await.err().map(|fault| fault.kind);
    assert_eq!(fault, Some(FaultKind::Missing));
}

async fn what_stands_is_not_written_again(blobs: &Blobs) {
    let puts = join_all((0..6).map(|_| blobs.put_bytes("acme", "hello"))).await;
    assert!(puts.into_iter().all(|put| put.as_deref() == Ok(HELLO)));
    blobs.put_file("acme", file(b"hello").path(), HELLO).await.expect("the same once more");
    assert_eq!(blobs.get("acme", HELLO).await.expect("it is there"), "hello");
}

async fn a_part_is_read_without_the_rest(blobs: &Blobs) {
    let bytes = noise(100_000);
    let digest = blobs.put_bytes("acme", bytes.clone()).await.expect("it is stored");
    let part = blobs.get_range("acme", &digest, 70_000..70_100).await.expect("it is there");
    assert_eq!(part, bytes.get(70_000..70_100).expect("it is that long"));
    assert!(blobs.get_range("acme", &digest, 5..5).await.expect("nothing is asked").is_empty());
}

async fn tenants_do_not_see_each_others_blobs(blobs: &Blobs) {
    blobs.put_bytes("acme", "hello").await.expect("it is stored");
    assert!(!blobs.exists("other", HELLO).await.expect("it answers"));
    assert_eq!(blobs.get("other", HELLO).await.map_err(|fault| fault.kind), Err(FaultKind::Missing));
}

async fn names_that_are_none_are_refused(blobs: &Blobs) {
    for tenant in ["", "..", "a/b", "ä", "a b"] {
        assert!(blobs.put_bytes(tenant, "hello").await.is_err(), "{tenant:?}");
    }
    for digest in ["", "../../../../etc/passwd", &HELLO.to_uppercase(), &HELLO[1..]] {
        assert!(blobs.get("acme", digest).await.is_err(), "{digest:?}");
    }
}

async fn many_can_open_the_same_blob_at_once(blobs: &Blobs) {
    let bytes = noise(300_000);
    let digest = &blobs.put_bytes("acme", bytes.clone()).await.expect("it is stored");
    for local in join_all((0..8).map(|_| blobs.open_local("acme", digest))).await {
        assert!(std::fs::read(local.expect("it is there").path()).expect("it is a file") == bytes);
    }
}

async fn every_blob_is_listed(blobs: &Blobs) {
    assert_eq!(blobs.list().count().await, 0);
    for (tenant, bytes) in [("acme", "hello"), ("acme", "world"), ("other", "hello")] {
        blobs.put_bytes(tenant, bytes).await.expect("it is stored");
    }
    let mut listed: Vec<_> = blobs.list().try_collect().await.expect("it answers");
    listed.sort();
    let seen: Vec<_> = listed.iter().map(|blob| (blob.tenant.as_str(), blob.length)).collect();
    assert_eq!(seen, [("acme", 5), ("acme", 5), ("other", 5)]);
    assert_eq!(listed.first().map(|blob| blob.digest.as_str()), Some(HELLO));
}

#[tokio::test]
async fn copies_above_the_limit_are_removed_but_never_under_a_reader() {
    let folder = given::folder();
    let Some(options) = bucket(&folder) else { return };
    let store = open(&Options { cache_bytes: 25, ..options }).await;
    let blobs = store.blobs();
    let mut digests = Vec::new();
    for bytes in ["first 10 b", "second 10b", "third 10 b"] {
        digests.push(blobs.put_bytes("acme", bytes).await.expect("it is stored"));
    }
    let [first, second, third] = digests.as_slice() else { panic!("three were stored") };
    let held = blobs.open_local("acme", first).await.expect("it is there");
    let left = blobs.open_local("acme", second).await.expect("it is there").path().to_owned();
    let last = blobs.open_local("acme", third).await.expect("it is there");
    assert!(held.path().exists(), "somebody reads it");
    blobs.open_local("acme", first).await.expect("it is fetched anew");
    assert!(!left.exists(), "the longest unused copy is gone");
    assert!(last.path().exists());
    let folder_of_copies = held.path().parent().expect("it lies in a folder").to_owned();
    drop((held, last, store));
    assert!(!folder_of_copies.exists(), "a server that ends leaves no copies behind");
}

#[tokio::test]
async fn a_store_in_a_folder_leaves_nothing_but_blobs_there() {
    let folder = given::folder();
    let store = open(&Options::in_folder(folder.path())).await;
    store.blobs().put_bytes("acme", "hello").await.expect("it is stored");
    store.blobs().put_bytes("acme", "hello").await.expect("it is stored");
    let (head, tail) = HELLO.split_at(2);
    let place = folder.path().join("blobs/acme/sha256").join(head);
    let names: Vec<_> = std::fs::read_dir(place)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().into_string().expect("it is UTF-8"))
        .collect();
    assert_eq!(names, [tail]);
}
