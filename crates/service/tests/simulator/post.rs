//! The mail server: it takes letters over, puts some off, refuses some, and forgets none.

use crate::chance::Chance;
use crate::crash::Fuse;
use deliver::{DeliveryFault, EnhancedStatus, Message};
use service::deliver;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A letter that left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its Message-ID.
    pub id: String,
    pub to: String,
    pub text: String,
}

impl Letter {
    /// The token of the link in it.
    pub fn token(&self) -> Option<&str> {
        let rest = self.text.split("/s/").nth(1)?;
        rest.split_whitespace().next()
    }

    /// The code in it: three groups of three digits.
    pub fn code(&self) -> Option<String> {
        let digits: Vec<&str> = self.text.split(|it: char| !it.is_ascii_digit()).collect();
        let groups = digits.windows(3).find(|groups| groups.iter().all(|it| it.len() == 3))?;
        Some(groups.concat())
    }
}

/// Where letters go.
pub struct Post {
    pub letters: Mutex<Vec<Letter>>,
    chance: Mutex<Chance>,
    fuse: Arc<Fuse>,
    /// So many of a hundred letters are put off, and half as many refused for good.
    trouble: AtomicUsize,
    /// Whether a letter was ever refused or put off.
    spotless: bool,
}

impl fmt::Debug for Post {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Post")
    }
}

impl Post {
    pub fn new(chance: Chance, fuse: Arc<Fuse>, trouble: usize) -> Self {
        Self {
            letters: Mutex::default(),
            chance: Mutex::new(chance),
            fuse,
            trouble: trouble.into(),
            spotless: trouble == 0,
        }
    }

    /// From now on every letter is taken.
    pub fn calm(&self) {
        self.trouble.store(0, Ordering::SeqCst);
    }

    /// Whether every letter was taken, from the beginning.
    pub fn is_calm(&self) -> bool {
        self.spotless
    }

    /// All that left so far, oldest first.
    pub fn all(&self) -> Vec<Letter> {
        self.letters.lock().expect("nobody stops while writing a letter down").clone()
    }
}

impl deliver::Carrier for Post {
    fn carry(&self, message: &Message) -> Result<(), DeliveryFault> {
        // Before it left.
        self.fuse.burn();
        let fate = self.chance.lock().expect("nobody stops while deciding").below(200);
        let trouble = self.trouble.load(Ordering::SeqCst);
        if fate < trouble {
            let status = Some(EnhancedStatus { subject: 1, detail: 1 });
            return Err(DeliveryFault::Refused { code: 550, status });
        }
        if fate < trouble * 3 {
            return Err(DeliveryFault::NotNow { code: 451 });
        }
        let letter = Letter { id: message.id.clone(), to: message.to.clone(), text: message.text.clone() };
        self.letters.lock().expect("nobody stops while writing a letter down").push(letter);
        // It left, and nobody has written that down yet.
        self.fuse.burn();
        Ok(())
    }
}
