//! The form for a guardrail: what it demands, of whose tokens, and what that would find now.

use leptos::prelude::*;
use tollgate_policy::Catalog;
use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
use tollgate_tokens::library::NewGuardrail;
use tollgate_tokens::{GuardrailRecord, GuardrailUid};

use super::Console;
use super::guardrail_standing::GuardrailStanding;
use super::matrix::METHODS;

/// Which requests for a resource a guardrail is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemsChoice {
    /// All of them.
    #[default]
    All,
    /// Those for its list, or for a resource without items.
    List,
    /// Those for an item.
    Each,
    /// Those for one item.
    One,
}

impl ItemsChoice {
    /// The choices in the order of the form, with the word that names each and what is shown.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::All, "all", "Lists and items"),
        (Self::List, "list", "Lists only"),
        (Self::Each, "each", "Any item"),
        (Self::One, "one", "One item…"),
    ];

    /// The word that names it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(choice, _, _)| *choice == self).map_or("all", |(_, word, _)| word)
    }
}

/// What the fields say.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wish {
    rule: Rule,
    site: String,
    user: String,
    methods: Vec<&'static str>,
    resource: String,
    items: ItemsChoice,
    item: String,
    name: String,
    note: String,
}

/// The form.
#[derive(Clone, Copy)]
pub struct GuardrailForm {
    console: Console,
    rule: RwSignal<Rule>,
    /// The Local Site whose tokens it is about; empty for all tokens.
    pub site: RwSignal<String>,
    /// The user whose tokens it is about; empty for everybody.
    pub user: RwSignal<String>,
    methods: RwSignal<Vec<&'static str>>,
    /// The resource's policy id; empty for any.
    pub resource: RwSignal<String>,
    /// Which requests for the resource.
    pub items: RwSignal<ItemsChoice>,
    /// The item's id, for one item.
    pub item: RwSignal<String>,
    /// What it is called; empty for its usual name.
    pub name: RwSignal<String>,
    /// Why it is there.
    pub note: RwSignal<String>,
    draft: Memo<Result<NewGuardrail, String>>,
}

impl GuardrailForm {
    /// The form, which begins with what many want: that repositories stay.
    pub(super) fn new(console: Console) -> Self {
        let wish = Wish::example();
        let (rule, items) = (RwSignal::new(wish.rule), RwSignal::new(wish.items));
        let (methods, resource) = (RwSignal::new(wish.methods), RwSignal::new(wish.resource));
        let [site, user, item, name, note] = [(); 5].map(|()| RwSignal::new(String::new()));
        let wish = move || Wish {
            rule: rule.get(),
            site: site.get(),
            user: user.get(),
            methods: methods.get(),
            resource: resource.get(),
            items: items.get(),
            item: item.get(),
            name: name.get(),
            note: note.get(),
        };
        let draft = Memo::new(move |_| wish().guardrail());
        Self { console, rule, site, user, methods, resource, items, item, name, note, draft }
    }

    /// The rules to choose from, with the word that names each and what is shown.
    pub const RULES: [(&'static str, &'static str); 2] = [("never", "May never"), ("always", "Must be able to")];

    /// The word of the chosen rule.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self.rule.get() {
            Rule::Never => "never",
            Rule::Always => "always",
        }
    }

    /// Chooses the rule that a word names.
    pub fn choose_rule(self, word: &str) {
        self.rule.set(if word == "always" { Rule::Always } else { Rule::Never });
    }

    /// The policy ids that a guardrail can name.
    #[must_use]
    pub fn resources() -> Vec<String> {
        Catalog::review_board_8_1().policy_ids().map(str::to_owned).collect()
    }

    /// Whether a method is chosen; none stands for any.
    #[must_use]
    pub fn is_chosen(self, method: &str) -> bool {
        self.methods.with(|methods| methods.contains(&method))
    }

    /// Chooses a method, or lets it go.
    pub fn choose_method(self, method: &str, is_chosen: bool) {
        let chosen = |known: &&'static str| if *known == method { is_chosen } else { self.is_chosen(known) };
        let methods = untrack(|| METHODS.into_iter().filter(chosen).collect::<Vec<_>>());
        self.methods.set(methods);
    }

    /// The guardrail as a lower-case fragment, or what is wrong with the form.
    ///
    /// # Errors
    ///
    /// What is wrong, as a lower-case fragment.
    pub fn sentence(self) -> Result<String, String> {
        self.draft.with(|draft| match draft {
            Ok(draft) => Ok(draft.guardrail.sentence()),
            Err(why) => Err(why.clone()),
        })
    }

    /// The name that it gets when none is typed.
    #[must_use]
    pub fn usual_name(self) -> String {
        self.draft.with(|draft| match draft {
            Ok(draft) => usual_name(draft.guardrail.rule(), draft.guardrail.target()),
            Err(_) => String::new(),
        })
    }

    /// How the tokens that it would cover stand to it now; none while the form says no guardrail.
    #[must_use]
    pub fn standing(self) -> Option<GuardrailStanding> {
        let draft = self.draft.with(|draft| draft.as_ref().ok().cloned())?;
        // Nothing is put up yet, so that any name will do.
        let uid = GuardrailUid::from_bytes([0; 16]);
        let record = GuardrailRecord { uid, guardrail: draft.guardrail, note: draft.note };
        let now = self.console.now().get();
        Some(self.console.workspace().with(|workspace| GuardrailStanding::of(workspace, &record, now)))
    }

    /// What the form says.
    pub(super) fn draft(self) -> Result<NewGuardrail, String> {
        self.draft.get_untracked()
    }

    /// Takes the words off the form, once the guardrail is up.
    pub(super) fn clear_words(self) {
        for text in [self.name, self.note, self.item] {
            text.try_set(String::new());
        }
    }
}

/// The guardrail that an empty list offers.
pub(super) fn example() -> Option<NewGuardrail> {
    Wish::example().guardrail().ok()
}

impl Wish {
    /// No token may DELETE repository.
    fn example() -> Self {
        Self {
            rule: Rule::Never,
            site: String::new(),
            user: String::new(),
            methods: vec!["DELETE"],
            resource: "repository".to_owned(),
            items: ItemsChoice::All,
            item: String::new(),
            name: String::new(),
            note: String::new(),
        }
    }

    fn guardrail(self) -> Result<NewGuardrail, String> {
        let trimmed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let named = |text: &str| trimmed(text).map_or(Choice::Any, |name| Choice::Named(vec![name]));
        let items = match (self.items, trimmed(&self.item)) {
            (ItemsChoice::All, _) => Items::All,
            (ItemsChoice::List, _) => Items::None,
            (ItemsChoice::Each, _) => Items::Each,
            (ItemsChoice::One, Some(item)) => Items::Named(vec![item.into()]),
            (ItemsChoice::One, None) => return Err("say which item".to_owned()),
        };
        let methods = match self.methods.as_slice() {
            [] => Choice::Any,
            methods => Choice::Named(methods.iter().map(|method| (*method).into()).collect()),
        };
        let resources = trimmed(&self.resource).map_or(Choice::Any, |name| Choice::Named(vec![name.into()]));
        let target = Target { methods, resources, items };
        let scope = Scope { local_site: trimmed(&self.site), users: named(&self.user) };
        let name = trimmed(&self.name).unwrap_or_else(|| usual_name(self.rule, &target));
        let guardrail = Guardrail::new(name, scope, self.rule, target).map_err(|error| error.to_string())?;
        Ok(NewGuardrail { guardrail, note: self.note })
    }
}

/// `No DELETE on repository`.
fn usual_name(rule: Rule, target: &Target) -> String {
    let names = |names: Vec<&str>| names.join(", ");
    let methods = target.methods.names().map(|methods| names(methods.iter().map(|method| method.as_str()).collect()));
    let resources = match target.resources.names() {
        None => "any resource".to_owned(),
        Some(resources) => names(resources.iter().map(|resource| resource.as_str()).collect()),
    };
    match (rule, methods) {
        (Rule::Never, Some(methods)) => format!("No {methods} on {resources}"),
        (Rule::Never, None) => format!("Nothing on {resources}"),
        (Rule::Always, Some(methods)) => format!("Always {methods} on {resources}"),
        (Rule::Always, None) => format!("Everything on {resources}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Wish), name: &str, says: &str) {
        let mut wish = Wish::example();
        change(&mut wish);
        let made = wish.guardrail().unwrap().guardrail;
        assert_eq!((made.name(), made.sentence().as_str()), (name, says));
    }

    #[test]
    fn what_is_chosen_becomes_a_guardrail_with_a_name() {
        check(|_| {}, "No DELETE on repository", "no token may DELETE repository");
        let of_site = |wish: &mut Wish| {
            wish.site = "acme".to_owned();
            wish.user = "ci-bot".to_owned();
            wish.name = " Keep them ".to_owned();
        };
        check(of_site, "Keep them", "no token of ci-bot in site acme may DELETE repository");
        let read = |wish: &mut Wish| {
            wish.rule = Rule::Always;
            wish.methods = vec!["GET"];
            wish.resource = "root".to_owned();
            wish.items = ItemsChoice::List;
        };
        check(read, "Always GET on root", "every token may GET root without an id");
        let one = |wish: &mut Wish| {
            wish.methods = vec![];
            wish.items = ItemsChoice::One;
            wish.item = "7".to_owned();
        };
        check(one, "Nothing on repository", "no token may use any method on item 7 of repository");
    }

    #[test]
    fn an_item_that_is_not_named_is_asked_for() {
        let wish = Wish { items: ItemsChoice::One, ..Wish::example() };
        assert_eq!(wish.clone().guardrail(), Err("say which item".to_owned()));
        let any = Wish { item: "*".to_owned(), ..wish };
        assert_eq!(any.guardrail(), Err("`*` is the name of no item".to_owned()));
    }
}
