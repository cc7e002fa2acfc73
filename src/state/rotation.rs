//! The form that rotates one token, and the secret of its successor.

use chrono::TimeDelta;
use leptos::prelude::*;
use tollgate_tokens::checked::{ClientGets, HandedOut, OVERLAPS, Rotation, RotationPlan, rotation_plan};
use tollgate_tokens::{EventBody, EventId, Timestamp, Token, TokenUid, Workspace};

use super::Console;
use super::act_words::token_name;
use super::console::After;
use super::expiry::ExpiryForm;
use super::refusal::refused;
use super::secret_text::Unseen;
use super::shown_secret::ShownSecret;
use super::task::task;
use crate::format;

/// The overlap that is offered first: a day is enough to hand a secret over in.
const USUAL_OVERLAP: TimeDelta = TimeDelta::hours(24);

/// A rotation that can be done, and what it does.
#[derive(Clone, Debug, PartialEq)]
struct Planned {
    rotation: Rotation,
    says: String,
}

/// The form.
#[derive(Clone, Copy)]
pub struct RotateForm {
    console: Console,
    /// Whether the form, or the secret after it, is shown.
    pub open: RwSignal<bool>,
    overlap: RwSignal<TimeDelta>,
    /// When the successor expires.
    pub expiry: ExpiryForm,
    /// The secret of the successor.
    pub secret: ShownSecret,
    plan: Memo<Result<Planned, String>>,
    act: RwSignal<Option<EventId>>,
    error: RwSignal<String>,
    rotate: Action<Rotation, ()>,
}

impl RotateForm {
    /// The form for a token.
    #[must_use]
    pub fn new(console: Console, uid: TokenUid) -> Self {
        let after = console.after();
        let (act, error) = (RwSignal::new(None), RwSignal::new(String::new()));
        let (overlap, expiry, secret) =
            (RwSignal::new(USUAL_OVERLAP), ExpiryForm::ending(console), ShownSecret::new(after));
        let rotation = move || -> Result<Rotation, String> {
            Ok(Rotation { token: uid, overlap: overlap.get(), expires: expiry.end()? })
        };
        Self {
            console,
            open: RwSignal::new(false),
            overlap,
            expiry,
            secret,
            plan: Memo::new(move |_| rotation().and_then(|rotation| plan(console, rotation))),
            act,
            error,
            rotate: task(move |rotation: &Rotation| rotate(after, *rotation, secret, act, error)),
        }
    }

    /// The overlaps to choose from, each with the text that names it and its words.
    #[must_use]
    pub fn overlaps() -> Vec<(String, String)> {
        OVERLAPS.iter().map(|overlap| (name_of(*overlap), words_of(*overlap))).collect()
    }

    /// The text that names the chosen overlap.
    #[must_use]
    pub fn overlap(self) -> Signal<String> {
        Signal::derive(move || name_of(self.overlap.get()))
    }

    /// Chooses the overlap that a text names.
    pub fn choose_overlap(self, name: &str) {
        if let Some(overlap) = OVERLAPS.iter().find(|overlap| name_of(**overlap) == name) {
            self.overlap.set(*overlap);
        }
    }

    /// What the rotation would do, in sentences, or why it would be refused.
    #[must_use]
    pub fn says(self) -> String {
        self.plan.with(|plan| match plan {
            Ok(planned) => planned.says.clone(),
            Err(why) => why.clone(),
        })
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether the token can be rotated now.
    #[must_use]
    pub fn can_be_rotated(self) -> Signal<bool> {
        let pending = self.rotate.pending();
        Signal::derive(move || !pending.get() && self.plan.with(Result::is_ok))
    }

    /// Whether there is a secret, or will be soon, that would be lost if a key closed the dialog.
    #[must_use]
    pub fn holds_secret(self) -> Signal<bool> {
        let pending = self.rotate.pending();
        Signal::derive(move || pending.get() || self.secret.made().with(Option::is_some))
    }

    /// Rotates the token exactly as [`says`](Self::says) tells.
    pub fn rotate(self) {
        if let Ok(planned) = self.plan.get_untracked() {
            self.error.set(String::new());
            self.rotate.dispatch(planned.rotation);
        }
    }

    /// Closes the form; a secret that was shown is gone for good then, and the rotation can be undone.
    pub fn close(self) {
        let successor = self.secret.made().with_untracked(|made| made.as_ref().map(|made| made.number));
        self.secret.forget();
        if let Some(successor) = successor {
            let done = format!("Rotated: token {successor} takes over");
            self.console.notices.done(done, self.act.get_untracked());
        }
        self.open.set(false);
        self.overlap.set(USUAL_OVERLAP);
        self.expiry.reset();
        self.error.set(String::new());
        self.act.set(None);
    }
}

fn name_of(overlap: TimeDelta) -> String {
    overlap.num_minutes().to_string()
}

fn words_of(overlap: TimeDelta) -> String {
    let count = |number: i64, one, many| format::plural(number.unsigned_abs(), one, many);
    if overlap.is_zero() {
        "none".to_owned()
    } else if overlap < TimeDelta::hours(1) {
        count(overlap.num_minutes(), "minute", "minutes")
    } else if overlap <= TimeDelta::hours(24) {
        count(overlap.num_hours(), "hour", "hours")
    } else {
        count(overlap.num_days(), "day", "days")
    }
}

fn plan(console: Console, rotation: Rotation) -> Result<Planned, String> {
    let (now, registry) = (console.now().get(), console.registry());
    console.workspace().with(|workspace| {
        let planned = rotation_plan(workspace, &registry, rotation, now);
        let plan = planned.map_err(|refusal| refused("this cannot be done", &refusal))?;
        let token = workspace.token(rotation.token);
        let says = token.map(|token| told(workspace, token, &plan, now)).unwrap_or_default();
        Ok(Planned { rotation, says })
    })
}

fn told(workspace: &Workspace, token: &Token, plan: &RotationPlan, now: Timestamp) -> String {
    let number = token.number;
    let own = if token.expires == Some(plan.old_ends) { ", its own expiry" } else { "" };
    let old = if plan.old_ends > now {
        format!("Token {number} keeps working until {}{own}", format::day_and_time(plan.old_ends))
    } else {
        format!("Token {number} stops working at once")
    };
    let successor = match plan.successor_ends {
        Some(expires) => format!("works from now until {}", format::day_and_time(expires)),
        None => "works from now on".to_owned(),
    };
    let client = client_gets(workspace, &plan.handed_out, now);
    format!("{old}; its successor {successor}, with the same owner, note and policy.{client}")
}

/// Which token the client gets that the old one was made for; empty when it is no client's.
fn client_gets(workspace: &Workspace, handed_out: &[HandedOut], now: Timestamp) -> String {
    let turn = |turn: &HandedOut| {
        let token = match turn.token {
            ClientGets::Old => "the old token".to_owned(),
            ClientGets::Successor => "the successor".to_owned(),
            ClientGets::Other(uid) => token_name(workspace, uid).1,
        };
        if turn.from > now {
            format!("from {} on {token}", format::day_and_time(turn.from))
        } else {
            format!("now {token}")
        }
    };
    let turns: Vec<String> = handed_out.iter().map(turn).collect();
    if turns.is_empty() {
        return String::new();
    }
    format!(" The client that it was made for gets {}.", format::list(turns.iter().map(String::as_str)))
}

async fn rotate(
    after: After,
    rotation: Rotation,
    secret: ShownSecret,
    act: RwSignal<Option<EventId>>,
    error: RwSignal<String>,
) {
    let services = after.services();
    let outcome = services.manager.rotate(rotation).await;
    match after.settle(outcome) {
        Some(Ok(rotated)) => {
            let (uid, number) = (rotated.successor.uid, rotated.successor.number);
            let is_it = |body: &EventBody| matches!(body, EventBody::TokenRotated(rotated) if rotated.new.uid == uid);
            act.try_set(after.newest_act(is_it));
            if secret.show(rotated.successor) == Err(Unseen) {
                after.notices.failed(format!(
                    "Token {number} was made to take over, but its page was left before the secret was shown. Undo that under Activity and rotate again."
                ));
            }
            after.storage.ask_to_persist().await;
        }
        Some(Err(refusal)) => {
            error.try_set(refused("Nothing was rotated", &refusal));
        }
        None => {
            error.try_set("Nothing was rotated: the change was not saved.".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::checked::{NewExpiry, NewToken};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};
    use tollgate_tokens::{Journal as _, Username};

    use super::super::test_support::at_once;
    use super::*;

    #[test]
    fn overlaps_have_words() {
        let words: Vec<String> = OVERLAPS.iter().map(|overlap| words_of(*overlap)).collect();
        assert_eq!(words, ["none", "15 minutes", "1 hour", "6 hours", "24 hours", "7 days"]);
    }

    #[track_caller]
    fn check(call: impl FnOnce(&mut NewToken), overlap: TimeDelta, says: &str) {
        let manager = memory_manager();
        let owner: Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let mut new = NewToken::for_owner(owner);
        call(&mut new);
        let uid = at_once(manager.generate(new)).unwrap().uid;
        let rotation = Rotation { token: uid, overlap, expires: NewExpiry::At(noon() + TimeDelta::days(90)) };
        let told = manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            let plan = rotation_plan(workspace, manager.registry(), rotation, noon()).unwrap();
            told(workspace, workspace.token(uid).unwrap(), &plan, noon())
        });
        assert!(told.contains(says), "{told}");
    }

    #[test]
    fn a_rotation_says_how_long_the_old_token_works() {
        let (none, day) = (TimeDelta::zero(), TimeDelta::hours(24));
        check(|_| {}, none, "Token 1 stops working at once; its successor works from now until");
        check(|_| {}, day, "Token 1 keeps working until Tue 24 Nov 2026, 12:00 UTC; its successor");
        let own = "Token 1 keeps working until Mon 23 Nov 2026, 12:30 UTC, its own expiry; its successor";
        check(|call| call.expires = Some(noon() + TimeDelta::minutes(30)), TimeDelta::days(7), own);
    }

    #[test]
    fn a_rotation_says_which_token_a_client_gets() {
        let for_client = |call: &mut NewToken| {
            call.extra_data.insert("client_name".to_owned(), "RBTools".into());
        };
        check(for_client, TimeDelta::hours(24), "The client that it was made for gets now ");
    }
}
