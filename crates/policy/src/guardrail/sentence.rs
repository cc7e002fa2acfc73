//! Guardrails and breaches in words.

use super::breach::Breach;
use super::demand::{Choice, Guardrail, Items, Rule};
use crate::diagnostic::quoted;
use crate::eval::Effect;

impl Guardrail {
    /// The guardrail in words, as a lower-case fragment without a full stop.
    ///
    /// Names that are not plain words stand in backticks.
    ///
    /// ```
    /// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    ///
    /// let scope = Scope { local_site: None, users: Choice::Named(vec!["ci".to_owned(), "cd".to_owned()]) };
    /// let target = Target {
    ///     methods: Choice::Named(vec!["GET".into()]),
    ///     resources: Choice::Named(vec!["root".into(), "session".into()]),
    ///     items: Items::None,
    /// };
    /// let guardrail = Guardrail::new("robots can start", scope, Rule::Always, target)?;
    /// assert_eq!(guardrail.sentence(), "every token of ci or cd may GET root and session without an id");
    /// # Ok::<(), tollgate_policy::guardrail::GuardrailError>(())
    /// ```
    pub fn sentence(&self) -> String {
        let (subject, any, every, and) = match self.rule() {
            Rule::Never => ("no token", "any", "anything", "or"),
            Rule::Always => ("every token", "every", "everything", "and"),
        };
        let scope = self.scope();
        let users = scope.users.names().map(|users| format!(" of {}", series(users, "or"))).unwrap_or_default();
        let site = scope.local_site.as_deref().map(|site| format!(" in site {}", word(site))).unwrap_or_default();
        let verb = match &self.target().methods {
            Choice::Any => format!("use {any} method on"),
            Choice::Named(methods) => series(methods, and),
        };
        let resources = match &self.target().resources {
            Choice::Any => every.to_owned(),
            Choice::Named(resources) => series(resources, and),
        };
        let object = match &self.target().items {
            Items::All => resources,
            Items::None => format!("{resources} without an id"),
            Items::Each => format!("{any} item of {resources}"),
            Items::Named(items) => {
                let noun = if items.len() == 1 { "item" } else { "items" };
                format!("{noun} {} of {resources}", series(items, and))
            }
        };
        format!("{subject}{users}{site} may {verb} {object}")
    }
}

impl Breach {
    /// The counterexample in words, with the rule that decides, as a lower-case fragment without a full stop.
    ///
    /// ```
    /// use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target, breach};
    /// use tollgate_policy::{Catalog, Policy};
    ///
    /// let target = Target {
    ///     methods: Choice::Named(vec!["DELETE".into()]),
    ///     resources: Choice::Named(vec!["repository".into()]),
    ///     items: Items::Named(vec!["7".into()]),
    /// };
    /// let guardrail = Guardrail::new("keep number 7", Scope::ALL, Rule::Never, target)?;
    /// let found = breach(&guardrail, &Policy::full_access(), Catalog::review_board_8_1());
    /// let words = "DELETE repository 7 is allowed: no rule says anything, and the default is to allow";
    /// assert_eq!(found.map(|found| found.sentence()).as_deref(), Some(words));
    /// # Ok::<(), tollgate_policy::guardrail::GuardrailError>(())
    /// ```
    pub fn sentence(&self) -> String {
        let request = &self.witness;
        let item = request.item_id.as_ref().map(|item_id| format!(" {}", word(item_id.as_str()))).unwrap_or_default();
        let (method, policy_id) = (word(request.method.as_str()), word(request.policy_id.as_str()));
        let effect = match self.decision.effect {
            Effect::Allow => "allowed",
            Effect::Deny => "denied",
        };
        format!("{method} {policy_id}{item} is {effect}: {}", self.decision.row.describe())
    }
}

/// A name as it is if it is a plain word, and in backticks if not.
fn word(name: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "_-.@+".contains(character);
    if !name.is_empty() && name.chars().all(is_plain) { name.to_owned() } else { quoted(name) }
}

/// `a`, `a or b`, `a, b or c`.
fn series<T: AsRef<str>>(names: &[T], conjunction: &str) -> String {
    let words: Vec<String> = names.iter().map(|name| word(name.as_ref())).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} {conjunction} {last}", before.join(", ")),
    }
}
