//! What an import would change, in words, before it is done.

use tollgate_tokens::checked::import_breaches;
use tollgate_tokens::{
    Archive, GuardrailRecord, ImportPlan, Ledger, Relation, Timestamp, Token, TokenUid, Username, Workspace,
};

use super::override_reason::{Stop, stops};
use super::preview::ChangeLine;
use crate::format;

/// How many tokens are listed; the others are counted.
const MOST_LISTED: usize = 8;

/// How many names are told; the others are counted.
const MOST_NAMED: usize = 5;

/// What an import would change, either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportView {
    /// What the file holds.
    pub facts: String,
    /// How its history stands to the one that is here.
    pub relation: String,
    /// What a merge would change.
    pub merge: WayView,
    /// What a replacement would change.
    pub replace: WayView,
    /// The guardrails that a merge would let tokens go past.
    pub stops: Vec<Stop>,
}

/// What one way to import would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayView {
    /// What changes, one sentence each.
    pub sentences: Vec<String>,
    /// The first of the tokens that change.
    pub lines: Vec<ChangeLine>,
    /// How many tokens change that are not listed, in words; empty when all are.
    pub rest: String,
    /// Whether nothing would change.
    pub is_empty: bool,
    /// Whether something that is here would be gone for good.
    pub loses: bool,
}

/// What importing an archive would change here.
pub(super) fn view(here: &Ledger, archive: &Archive, now: Timestamp) -> ImportView {
    let plan = ImportPlan::new(here, archive.ledger());
    ImportView {
        facts: facts(archive),
        relation: relation(plan.relation),
        merge: merge(here.workspace(), &plan, now),
        replace: replace(here.workspace(), archive.ledger().workspace(), &plan, now),
        stops: merge_stops(here.workspace(), &plan, now),
    }
}

fn merge_stops(here: &Workspace, plan: &ImportPlan, now: Timestamp) -> Vec<Stop> {
    let breaches = import_breaches(here, &plan.merge.join, now).breaches;
    if breaches.is_empty() { Vec::new() } else { stops(&plan.merge.outcome(here), &breaches) }
}

fn facts(archive: &Archive) -> String {
    let (ledger, workspace) = (archive.ledger(), archive.ledger().workspace());
    let tokens = format::plural(workspace.token_count() as u64, "token", "tokens");
    let users = format::plural(workspace.users().count() as u64, "user", "users");
    let entries = format::plural(ledger.entries().len() as u64, "entry", "entries");
    let print = ledger.base().map(|base| base.hash.short()).unwrap_or_default();
    let saved = format::day_and_time(archive.exported_at());
    format!("Saved on {saved}: {tokens}, {users}, {entries}. Its chain is whole; the fingerprint begins with {print}.")
}

fn relation(relation: Relation) -> String {
    let entries = |count: u64| format::plural(count, "entry", "entries");
    match relation {
        Relation::Fresh => "Nothing is here yet.".to_owned(),
        Relation::Same => "It is what is here, entry for entry.".to_owned(),
        Relation::GoesOn { entries: count } => {
            format!("It goes on where this workspace ends, with {} more.", entries(count))
        }
        Relation::EndsEarlier { entries: count } => {
            format!("It is an earlier state of this workspace, to which {} came since.", entries(count))
        }
        Relation::Parted { at } => {
            format!("Both begin alike and part at entry {at}: from there on, each has what the other has not.")
        }
        Relation::Unrelated => "It is another workspace: no entry is in both.".to_owned(),
    }
}

fn merge(here: &Workspace, plan: &ImportPlan, now: Timestamp) -> WayView {
    let (plan, join) = (&plan.merge, &plan.merge.join);
    if plan.is_empty() {
        return nothing("Everything in the file is here already.");
    }
    let outcome = plan.outcome(here);
    let taken = format::plural(join.events.len() as u64, "entry is", "entries are");
    let mut sentences = vec![format!("{taken} taken over, each with its own time; everything that is here stays.")];
    sentences.push(counts(join.new_tokens.len(), join.changed_tokens.len()));
    if !join.differing_users.is_empty() {
        sentences.push(format!("Of {} the state in the file counts.", names(&join.differing_users)));
    }
    sentences.extend(guardrails_down(here, &outcome, "taken down by the file"));
    sentences.extend(guardrails_changed(here, &outcome));
    sentences.extend(plan.changes_settings.then(|| SETTINGS.to_owned()));
    sentences.push("A merge cannot be undone as one act: export this workspace first.".to_owned());
    let tokens = join.new_tokens.iter().chain(&join.changed_tokens);
    listed(sentences, tokens, (here, &outcome), now)
}

fn replace(here: &Workspace, there: &Workspace, plan: &ImportPlan, now: Timestamp) -> WayView {
    if plan.relation == Relation::Same {
        return nothing("The file holds exactly what is here.");
    }
    let plan = &plan.replace;
    let mut sentences = Vec::new();
    if plan.loses_nothing() {
        sentences.push("Nothing that is here would be lost.".to_owned());
    } else {
        let lost = [
            format::plural(plan.lost_events, "entry", "entries"),
            format::plural(plan.lost_tokens.len() as u64, "token", "tokens"),
            format::plural(plan.lost_users.len() as u64, "user", "users"),
            format::plural(plan.lost_sites.len() as u64, "Local Site", "Local Sites"),
        ];
        sentences.push(format!("Only here, and then gone: {}.", format::list(lost.iter().map(String::as_str))));
    }
    sentences.push(counts(plan.new_tokens.len(), plan.changed_tokens.len()));
    sentences.extend(guardrails_down(here, there, "only here, and then down"));
    sentences.extend(guardrails_changed(here, there));
    sentences.extend(plan.changes_settings.then(|| SETTINGS.to_owned()));
    sentences.push("This cannot be undone: export this workspace first. The page is then loaded again.".to_owned());
    let tokens = plan.lost_tokens.iter().chain(&plan.changed_tokens).chain(&plan.new_tokens);
    WayView { loses: !plan.loses_nothing(), ..listed(sentences, tokens, (here, there), now) }
}

const SETTINGS: &str = "The service is set as the file has it.";

/// How many guardrails are up here and not afterwards, and why; a replacement keeps to those of the file.
fn guardrails_down(here: &Workspace, then: &Workspace, why: &str) -> Option<String> {
    let is_kept = |uid| then.library().guardrail(uid).is_some();
    let lost = here.library().guardrails().filter(|record| !is_kept(record.uid)).count() as u64;
    let guardrails = format::plural(lost, "guardrail is", "guardrails are");
    (lost > 0).then(|| format!("{guardrails} {why}."))
}

/// How many guardrails are up here and afterwards, and demand something else then.
fn guardrails_changed(here: &Workspace, then: &Workspace) -> Option<String> {
    let differs = |record: &GuardrailRecord| {
        then.library().guardrail(record.uid).is_some_and(|then| then.guardrail != record.guardrail)
    };
    let changed = here.library().guardrails().filter(|record| differs(record)).count() as u64;
    let guardrails = format::plural(changed, "guardrail changes", "guardrails change");
    (changed > 0).then(|| format!("{guardrails} to what the file has."))
}

/// `3 tokens are new, 1 changes.`
fn counts(new: usize, changed: usize) -> String {
    let new = format::plural(new as u64, "token is new", "tokens are new");
    format!("{new}, {}.", format::plural(changed as u64, "changes", "change"))
}

/// The first of some users, and how many more there are.
fn names(users: &[Username]) -> String {
    let mut names: Vec<String> = users.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    if let more @ 1.. = users.len().saturating_sub(MOST_NAMED) {
        names.push(format!("{} more", format::count(more)));
    }
    format::list(names.iter().map(String::as_str))
}

fn nothing(why: &str) -> WayView {
    WayView { sentences: vec![why.to_owned()], lines: Vec::new(), rest: String::new(), is_empty: true, loses: false }
}

fn listed<'tokens>(
    sentences: Vec<String>,
    tokens: impl Iterator<Item = &'tokens TokenUid>,
    (before, after): (&Workspace, &Workspace),
    now: Timestamp,
) -> WayView {
    let mut all = tokens.filter_map(|uid| line(*uid, before, after, now));
    let lines: Vec<ChangeLine> = all.by_ref().take(MOST_LISTED).collect();
    let rest = match all.count() {
        0 => String::new(),
        more => format!("and {}", format::plural(more as u64, "more token", "more tokens")),
    };
    WayView { sentences, lines, rest, is_empty: false, loses: false }
}

/// How one token stands and would stand; `None` for one that is not there before nor afterwards.
fn line(uid: TokenUid, before: &Workspace, after: &Workspace, now: Timestamp) -> Option<ChangeLine> {
    let (was, is) = (before.token(uid), after.token(uid));
    let token = is.or(was)?;
    let then = match (was, is) {
        (_, None) => "gone".to_owned(),
        (Some(was), Some(is)) if was == is => "the same".to_owned(),
        (Some(was), Some(is)) if was.status_at(now) == is.status_at(now) => format!("{}, changed", word(is, now)),
        (_, Some(is)) => word(is, now),
    };
    Some(ChangeLine {
        what: format!("Token {}, {}", token.number, token.owner),
        before: was.map_or_else(|| "not here".to_owned(), |was| word(was, now)),
        after: then,
    })
}

fn word(token: &Token, now: Timestamp) -> String {
    token.status_at(now).word().to_owned()
}

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
    use tollgate_tokens::{Journal as _, Manager, MemoryJournal, MemoryStorage, Settings, archive_text};

    use super::super::test_support::at_once;
    use super::*;

    type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

    /// A workspace of one user with so many tokens.
    fn workspace(number: u8, user: &str, tokens: usize) -> (MemoryStorage, TestManager) {
        let storage = MemoryStorage::default();
        let manager = memory_manager_on(&storage, number);
        let owner: Username = user.parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        for _ in 0..tokens {
            at_once(manager.generate(NewToken::for_owner(owner.clone()))).unwrap();
        }
        (storage, manager)
    }

    fn archive(storage: &MemoryStorage, number: u8) -> Archive {
        Archive::read(&archive_text(&storage.records(), Some(identity(number).epoch), noon()).unwrap()).unwrap()
    }

    fn seen(manager: &TestManager, archive: &Archive) -> ImportView {
        manager.journal().read(|ledger| view(ledger, archive, noon()))
    }

    #[test]
    fn another_workspace_is_told_token_by_token() {
        let (storage, other) = workspace(2, "jenkins", MOST_LISTED + 1);
        at_once(other.change_settings(Settings { client_token_days: 7, ..Settings::default() })).unwrap();
        let (_, here) = workspace(1, "ci-bot", 1);
        let told = seen(&here, &archive(&storage, 2));
        assert!(
            told.facts.starts_with("Saved on Mon 23 Nov 2026, 12:00 UTC: 9 tokens, 1 user, 12 entries."),
            "{}",
            told.facts
        );
        assert_eq!(told.relation, "It is another workspace: no entry is in both.");
        assert_eq!(
            told.merge.sentences,
            [
                "11 entries are taken over, each with its own time; everything that is here stays.",
                "9 tokens are new, 0 change.",
                "The service is set as the file has it.",
                "A merge cannot be undone as one act: export this workspace first.",
            ]
        );
        assert_eq!((told.merge.lines.len(), told.merge.rest.as_str()), (MOST_LISTED, "and 1 more token"));
        // Its number is taken here, so that it gets another.
        let first = ChangeLine { what: "Token 2, jenkins".into(), before: "not here".into(), after: "Active".into() };
        assert_eq!(told.merge.lines[0], first);
        assert_eq!(
            told.replace.sentences[0],
            "Only here, and then gone: 3 entries, 1 token, 1 user and 0 Local Sites."
        );
        let gone = ChangeLine { what: "Token 1, ci-bot".into(), before: "Active".into(), after: "gone".into() };
        assert_eq!(told.replace.lines[0], gone);
    }

    #[test]
    fn an_earlier_state_brings_nothing_and_takes_away_what_came_since() {
        let (storage, here) = workspace(1, "ci-bot", 2);
        let earlier = archive(&storage, 1);
        let told = seen(&here, &earlier);
        assert_eq!(told.relation, "It is what is here, entry for entry.");
        assert!(told.merge.is_empty && told.replace.is_empty);

        let uid = here.journal().read(|ledger| ledger.workspace().tokens().next().map(|token| token.uid)).unwrap();
        at_once(here.invalidate_one(uid, "leaked".to_owned())).unwrap();
        let told = seen(&here, &earlier);
        assert_eq!(told.relation, "It is an earlier state of this workspace, to which 1 entry came since.");
        assert_eq!(told.merge.sentences, ["Everything in the file is here already."]);
        assert_eq!(told.replace.sentences[1], "0 tokens are new, 1 changes.");
        assert!(told.replace.loses && !told.merge.loses);
        let line = ChangeLine { what: "Token 1, ci-bot".into(), before: "Invalid".into(), after: "Active".into() };
        assert_eq!(told.replace.lines, [line]);
    }

    #[test]
    fn guardrails_stop_a_merge_and_go_with_a_replacement() {
        let (storage, _) = workspace(2, "jenkins", 2);
        let (_, here) = workspace(1, "ci-bot", 1);
        let archive = archive(&storage, 2);
        assert!(seen(&here, &archive).stops.is_empty());
        let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
        let guardrail = Guardrail::new("Nothing at all", Scope::ALL, Rule::Never, target).unwrap();
        at_once(here.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();
        let told = seen(&here, &archive);
        let [stop] = told.stops.as_slice() else { panic!("{:?}", told.stops) };
        // Its number is taken here, so that it gets another.
        assert!(["token 2 of jenkins", "token 3 of jenkins"].contains(&stop.token.as_str()), "{}", stop.token);
        let lost = "1 guardrail is only here, and then down.";
        assert!(told.replace.sentences.iter().any(|sentence| sentence == lost), "{:?}", told.replace.sentences);
    }

    #[test]
    fn a_merge_says_which_guardrails_the_file_takes_down_or_changes() {
        let guardrail = |methods| {
            let target = Target { methods, resources: Choice::Any, items: Items::All };
            let guardrail = Guardrail::new("A guardrail", Scope::ALL, Rule::Never, target).unwrap();
            NewGuardrail { guardrail, note: String::new() }
        };
        let (put, get) = (Choice::Named(vec!["PUT".into()]), Choice::Named(vec!["GET".into()]));
        let common = MemoryStorage::default();
        let base = memory_manager_on(&common, 1);
        let removed = at_once(base.add_guardrail(guardrail(put))).unwrap();
        let changed = at_once(base.add_guardrail(guardrail(Choice::Any))).unwrap();
        let [ours, theirs] = [(); 2].map(|()| MemoryStorage::default());
        for storage in [&ours, &theirs] {
            storage.replace(common.records());
        }
        let (here, there) = (memory_manager_on(&ours, 2), memory_manager_on(&theirs, 3));
        at_once(there.remove_guardrail(removed)).unwrap();
        at_once(there.change_guardrail(changed, guardrail(get))).unwrap();
        let epoch = there.journal().read(|ledger| ledger.workspace().epoch());
        let file = Archive::read(&archive_text(&theirs.records(), epoch, noon()).unwrap()).unwrap();
        let told = seen(&here, &file);
        assert_eq!(
            told.merge.sentences[2..4],
            ["1 guardrail is taken down by the file.", "1 guardrail changes to what the file has."]
        );
        assert_eq!(
            told.replace.sentences[2..4],
            ["1 guardrail is only here, and then down.", "1 guardrail changes to what the file has."]
        );
    }

    #[test]
    fn users_that_differ_are_named() {
        let users: Vec<Username> = (0..7).map(|number| format!("user-{number}").parse().unwrap()).collect();
        assert_eq!(names(&users[..2]), "user-0 and user-1");
        assert_eq!(names(&users), "user-0, user-1, user-2, user-3, user-4 and 2 more");
    }
}
