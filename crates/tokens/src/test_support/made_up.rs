//! Words of a made-up service: who owns its tokens and what stands in them. How chance falls is up to the caller.

use serde_json::{Value, json};

const PURPOSES: [&str; 12] = [
    "nightly mirror",
    "release pipeline",
    "build farm, linux",
    "build farm, macOS",
    "dashboard",
    "review bot",
    "license scanner",
    "repository onboarding",
    "docs publisher",
    "dependency updates",
    "import from the old tracker",
    "quarterly audit",
];
const WORDS: [&str; 16] = [
    "laptop",
    "for",
    "the",
    "demo",
    "on",
    "Friday",
    "ask",
    "Dana",
    "before",
    "removing",
    "old",
    "script",
    "of",
    "staging",
    "cluster",
    "temporary",
];

/// A steady sequence of numbers that look like chance.
pub trait Chance {
    /// A number from 0 to before `limit`, which is not 0.
    fn below(&mut self, limit: u64) -> u64;

    /// True this many times in a hundred.
    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of some words; empty where there are none to pick from.
    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        let chosen = self.below(from.len() as u64) as usize;
        from.get(chosen).copied().unwrap_or_default()
    }
}

/// The names of those who own tokens.
#[derive(Debug, Clone, Copy)]
pub struct OwnerNames {
    /// How many people there are.
    pub people: u64,
    /// How many bots there are.
    pub bots: u64,
}

impl OwnerNames {
    /// All of them, the people first.
    pub fn all(self) -> impl Iterator<Item = String> {
        (0..self.people).map(person).chain((0..self.bots).map(bot))
    }

    /// The owner of a token: bots own most, people a few each.
    pub fn one(self, chance: &mut impl Chance) -> String {
        if chance.percent(60) { bot(chance.below(self.bots)) } else { person(chance.below(self.people)) }
    }
}

/// A sixth have none, half name a purpose and a number, some a purpose, and the rest are words of a person.
pub fn note(chance: &mut impl Chance) -> String {
    match chance.below(100) {
        0..15 => String::new(),
        15..65 => format!("{} {}", chance.pick(&PURPOSES), chance.below(300)),
        65..80 => chance.pick(&PURPOSES).to_owned(),
        _ => [chance.pick(&WORDS), chance.pick(&WORDS), chance.pick(&WORDS), chance.pick(&WORDS)].join(" "),
    }
}

/// Two thirds have none, most others name a client, and some hold what only their owner understands.
pub fn extra_data(chance: &mut impl Chance) -> Value {
    match chance.below(100) {
        0..65 => json!({}),
        65..85 => json!({"client_name": "rbtools"}),
        85..95 => json!({"client_name": format!("host-{}", chance.below(400))}),
        _ => json!({"ticket": format!("OPS-{}", chance.below(20_000)), "team": chance.pick(&WORDS), "weight": 0.25}),
    }
}

fn bot(number: u64) -> String {
    let purpose = PURPOSES.get(number as usize % PURPOSES.len()).and_then(|purpose| purpose.split(' ').next());
    format!("{}-bot-{number}", purpose.unwrap_or_default())
}

fn person(number: u64) -> String {
    let first = char::from(b'a' + (number % 26) as u8);
    let word = WORDS.get(number as usize % WORDS.len()).copied().unwrap_or_default();
    format!("{first}.{}son{number}", word.to_lowercase())
}
