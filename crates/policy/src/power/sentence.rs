//! What a token may do, in one sentence that a person can check against the table.
//!
//! Every word is derived from the shares of the operations: `write` means create, change and delete, as far as a
//! resource has them, and `everything` means every resource that has the operation at all.
//! Methods that change nothing are reading, and whatever else there is beside POST and DELETE is changing.

use super::table::{Power, PowerRow, Share};

/// How many names a clause lists before it counts the rest.
const MOST_NAMES: usize = 5;

/// How many exceptions `everything but` may have.
const MOST_EXCEPTIONS: usize = 3;

const VERBS: [&str; 4] = ["read", "create", "change", "delete"];

/// For each verb, how much of it is allowed; none where the server has no such operation.
type Shares = [Option<Share>; 4];

/// The resources of one policy id.
struct Subject<'p> {
    policy_id: &'p str,
    noun: String,
    shares: Shares,
}

impl Power<'_> {
    /// What the token may do, as a lower-case fragment without a full stop.
    ///
    /// Resources that share a policy id are named once.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, CompiledPolicy, Policy, check, power, presets};
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// let say = |policy: &Policy| power(&CompiledPolicy::new(policy), catalog).sentence();
    /// assert_eq!(say(&Policy::full_access()), "read and write everything");
    ///
    /// let read_only = check(presets::read_only(), catalog).policy().ok_or("refused")?;
    /// assert_eq!(say(&read_only), "read everything; nothing else");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn sentence(&self) -> String {
        if self.allowed_operations() == 0 {
            return "nothing at all".to_owned();
        }
        let subjects = self.subjects();
        let (mut clauses, is_covered) = everything_clauses(&subjects);
        clauses.extend(grouped_clauses(&subjects, "", |verb, share| !is_covered(verb) && share == Share::All));
        clauses.extend(grouped_clauses(&subjects, "some ", |_, share| share == Share::Some));
        let sentence = match clauses.as_slice() {
            [first, second] if !first.contains(',') => format!("{first} and {second}"),
            _ => clauses.join("; "),
        };
        let is_all = subjects.iter().all(|subject| subject.shares.iter().flatten().all(|share| *share == Share::All));
        if is_all { sentence } else { format!("{sentence}; nothing else") }
    }

    /// What the token may do with the resources of one policy id, as a lower-case fragment without a full stop.
    ///
    /// The answer is none where the server has no such resource, or none that is open to tokens.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, CompiledPolicy, check, power};
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// let text = r#"{"resources": {"review": {"*": {"allow": ["GET"], "block": ["*"]}}}}"#;
    /// let policy = check(text, catalog).policy().ok_or("refused")?;
    /// let power = power(&CompiledPolicy::new(&policy), catalog);
    /// assert_eq!(power.sentence_about("review").as_deref(), Some("read reviews"));
    /// assert_eq!(power.sentence_about("webhook").as_deref(), Some("read and write webhooks"));
    /// assert_eq!(power.sentence_about("weather"), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn sentence_about(&self, policy_id: &str) -> Option<String> {
        let subjects = self.subjects().into_iter().filter(|subject| subject.policy_id == policy_id);
        let subjects: Vec<Subject<'_>> = subjects.collect();
        let noun = subjects.first().map(|subject| subject.noun.clone())?;
        let mut clauses = grouped_clauses(&subjects, "", |_, share| share == Share::All);
        clauses.extend(grouped_clauses(&subjects, "some ", |_, share| share == Share::Some));
        Some(if clauses.is_empty() { format!("do nothing with {noun}") } else { clauses.join(" and ") })
    }

    /// The subjects in the order of their first resource.
    fn subjects(&self) -> Vec<Subject<'_>> {
        let mut subjects: Vec<Subject<'_>> = Vec::new();
        for row in self.rows() {
            let shares = shares(row);
            let policy_id: &str = &row.resource.policy_id;
            match subjects.iter_mut().find(|subject| subject.policy_id == policy_id) {
                None => subjects.push(Subject { policy_id, noun: row.resource.plural_words(), shares }),
                Some(subject) => {
                    for (known, more) in subject.shares.iter_mut().zip(shares) {
                        *known = merged(*known, more);
                    }
                }
            }
        }
        subjects
    }
}

/// Which of the verbs a method is.
fn verb_of(method: &str) -> usize {
    match method {
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY" => 0,
        "POST" => 1,
        "DELETE" => 3,
        _ => 2,
    }
}

fn shares(row: &PowerRow<'_>) -> Shares {
    let mut shares: Shares = [None; 4];
    for operation in &row.operations {
        if let Some(known) = shares.get_mut(verb_of(operation.method)) {
            *known = merged(*known, Some(operation.share));
        }
    }
    shares
}

fn merged(known: Option<Share>, more: Option<Share>) -> Option<Share> {
    match (known, more) {
        (Some(known), Some(more)) if known != more => Some(Share::Some),
        (known, more) => known.or(more),
    }
}

/// Clauses for the verbs that are allowed on everything, or on everything but a few, and which verbs those are.
fn everything_clauses(subjects: &[Subject<'_>]) -> (Vec<String>, impl Fn(usize) -> bool + use<>) {
    let mut by_exceptions: Vec<(Vec<&str>, [bool; 4])> = Vec::new();
    let mut covered = [false; 4];
    for (verb, is_covered) in covered.iter_mut().enumerate() {
        let share_of = |subject: &Subject<'_>| subject.shares.get(verb).copied().flatten();
        let (allowed, denied): (Vec<&Subject<'_>>, Vec<&Subject<'_>>) =
            subjects.iter().filter(|s| share_of(s).is_some()).partition(|s| share_of(s) == Some(Share::All));
        if denied.len() > MOST_EXCEPTIONS || denied.len() >= allowed.len() {
            continue;
        }
        *is_covered = true;
        let exceptions: Vec<&str> = denied.iter().map(|subject| subject.noun.as_str()).collect();
        if !by_exceptions.iter().any(|(known, _)| *known == exceptions) {
            by_exceptions.push((exceptions.clone(), [false; 4]));
        }
        let group = by_exceptions.iter_mut().find(|(known, _)| *known == exceptions);
        group.and_then(|(_, verbs)| verbs.get_mut(verb)).into_iter().for_each(|flag| *flag = true);
    }
    let clauses = by_exceptions.into_iter().map(|(exceptions, verbs)| {
        let verbs = verb_words(verbs, [true; 4]);
        if exceptions.is_empty() {
            format!("{verbs} everything")
        } else {
            format!("{verbs} everything but {}", list(&exceptions))
        }
    });
    (clauses.collect(), move |verb| covered.get(verb).copied().unwrap_or(false))
}

/// One clause for each set of verbs that `wanted` picks for some subjects.
fn grouped_clauses(subjects: &[Subject<'_>], quantity: &str, wanted: impl Fn(usize, Share) -> bool) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for subject in subjects {
        let mut verbs = [false; 4];
        for (verb, (flag, share)) in verbs.iter_mut().zip(subject.shares).enumerate() {
            *flag = share.is_some_and(|share| wanted(verb, share));
        }
        if verbs == [false; 4] {
            continue;
        }
        let words = verb_words(verbs, subject.shares.map(|share| share.is_some()));
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, nouns)) => nouns.push(&subject.noun),
            None => groups.push((words, vec![subject.noun.as_str()])),
        }
    }
    groups.into_iter().map(|(words, nouns)| format!("{words} {quantity}{}", list(&nouns))).collect()
}

/// The verbs in words; all the writing that is possible is called `write`.
fn verb_words(verbs: [bool; 4], possible: [bool; 4]) -> String {
    let [reads, ..] = verbs;
    let [_, writes @ ..] = verbs;
    let [_, possible_writes @ ..] = possible;
    let mut words: Vec<&str> = Vec::new();
    words.extend(reads.then_some("read"));
    if writes == possible_writes && writes.contains(&true) {
        words.push("write");
    } else {
        let spelled = VERBS.into_iter().skip(1).zip(writes).filter(|(_, is_wanted)| *is_wanted);
        words.extend(spelled.map(|(verb, _)| verb));
    }
    list(&words)
}

/// `a`, `a and b`, `a, b and c`, and from the seventh on only counted.
fn list(names: &[&str]) -> String {
    if names.len() > MOST_NAMES + 1 {
        let (shown, rest) = names.split_at_checked(MOST_NAMES).unwrap_or((names, &[]));
        return format!("{} and {} more", shown.join(", "), rest.len());
    }
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Catalog, CompiledPolicy, Policy, power};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let policy = Policy::stored(text).unwrap();
        assert_eq!(power(&CompiledPolicy::new(&policy), Catalog::review_board_8_1()).sentence(), expected);
    }

    #[test]
    fn sentences_say_what_the_table_holds() {
        check("{}", "read and write everything");
        check(r#"{"resources": {"*": {"block": ["*"]}}}"#, "nothing at all");
        check(
            r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "webhook": {"*": {"allow": ["*"]}}}}"#,
            "read everything and write webhooks; nothing else",
        );
        check(
            r#"{"resources": {"webhook": {"*": {"block": ["*"]}}}}"#,
            "read and write everything but webhooks; nothing else",
        );
        check(
            r#"{"resources": {"*": {"block": ["*"]}, "group": {"dev": {"allow": ["GET"]}}}}"#,
            "read some groups; nothing else",
        );
        check(
            r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["GET", "POST"]}}}}"#,
            "read and create reviews; nothing else",
        );
    }
}
