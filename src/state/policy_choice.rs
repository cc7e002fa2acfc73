//! What a new token may do, as a form asks it.

use leptos::prelude::*;
use tollgate_policy::{Catalog, presets};

use super::findings::{Findings, findings};
use super::token_view::PolicyMeaning;

/// What the text written in place begins with.
const CUSTOM: &str = "{\n  \"resources\": {\n    \"*\": { \"allow\": [\"GET\"], \"block\": [\"*\"] }\n  }\n}\n";

/// The repository that a form begins with.
const REPOSITORY: &str = "1";

/// What the new token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyChoice {
    /// Read everything.
    ReadOnly,
    /// Read everything, write reviews.
    PostReviews,
    /// One repository.
    OneRepository,
    /// Everything that its user may do.
    Everything,
    /// A text written in place.
    Custom,
}

impl PolicyChoice {
    /// The choices in the order of the form, with title and meaning.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::ReadOnly, "Read everything", "For dashboards, search and backups"),
        (Self::PostReviews, "Post reviews", "Reads all; writes reviews, replies and their comments"),
        (Self::OneRepository, "One repository", "Reads one repository you choose, nothing else"),
        (Self::Everything, "Everything", "All the user can do, deleting included"),
        (Self::Custom, "Custom", "Write a policy here"),
    ];

    /// The choice's name in the form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::PostReviews => "post-reviews",
            Self::OneRepository => "one-repository",
            Self::Everything => "everything",
            Self::Custom => "custom",
        }
    }
}

/// The part of a form that asks what a token may do.
#[derive(Clone, Copy)]
pub struct PolicyForm {
    /// What it may do.
    pub choice: RwSignal<PolicyChoice>,
    /// The repository's id, for one repository.
    pub repository: RwSignal<String>,
    /// The text written in place.
    pub custom: RwSignal<String>,
}

impl PolicyForm {
    /// A form that begins with the choice that can do no harm.
    pub(super) fn new() -> Self {
        Self {
            choice: RwSignal::new(PolicyChoice::ReadOnly),
            repository: RwSignal::new(REPOSITORY.to_owned()),
            custom: RwSignal::new(CUSTOM.to_owned()),
        }
    }

    /// Begins anew.
    pub(super) fn reset(self) {
        self.choice.set(PolicyChoice::ReadOnly);
        self.repository.set(REPOSITORY.to_owned());
        self.custom.set(CUSTOM.to_owned());
    }

    /// Whether anything was chosen or written.
    pub(super) fn is_begun(self) -> bool {
        self.choice.get() != PolicyChoice::ReadOnly || self.custom.with(|text| text != CUSTOM)
    }

    /// The policy's text, as chosen.
    #[must_use]
    pub fn policy(self) -> String {
        match self.choice.get() {
            PolicyChoice::ReadOnly => presets::read_only().to_owned(),
            PolicyChoice::PostReviews => presets::post_reviews(),
            PolicyChoice::OneRepository => presets::one_repository(&self.repository.get().trim().into()),
            PolicyChoice::Everything => presets::full_access().to_owned(),
            PolicyChoice::Custom => self.custom.get(),
        }
    }

    /// What the policy means; `None` when the service would refuse it.
    #[must_use]
    pub fn meaning(self) -> Memo<Option<PolicyMeaning>> {
        Memo::new(move |_| PolicyMeaning::of_stored(&self.policy()))
    }

    /// How many operations each choice allows, in the order of the form; `None` for the custom one.
    #[must_use]
    pub fn choice_counts(self) -> Vec<Option<(usize, usize)>> {
        let texts = [
            Some(presets::read_only().to_owned()),
            Some(presets::post_reviews()),
            Some(presets::one_repository(&self.repository.get().trim().into())),
            Some(presets::full_access().to_owned()),
            None,
        ];
        let counts = |text: String| PolicyMeaning::of_stored(&text).map(|meaning| (meaning.allowed, meaning.total));
        texts.into_iter().map(|text| text.and_then(counts)).collect()
    }

    /// What is wrong with the text written in place.
    #[must_use]
    pub fn custom_findings(self) -> Signal<Findings> {
        Signal::derive(move || {
            let catalog = Catalog::review_board_8_1();
            self.custom.with(|text| findings(&tollgate_policy::check(text, catalog), catalog))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_begins_anew_remembers_no_wider_choice() {
        let owner = Owner::new();
        owner.with(|| {
            let form = PolicyForm::new();
            let first = form.policy();
            form.choice.set(PolicyChoice::Everything);
            form.repository.set("7".to_owned());
            form.custom.set("{}".to_owned());
            assert_ne!(form.policy(), first);
            form.reset();
            assert_eq!(form.policy(), first);
            form.choice.set(PolicyChoice::OneRepository);
            assert_eq!(form.policy(), presets::one_repository(&REPOSITORY.into()));
            form.choice.set(PolicyChoice::Custom);
            assert_eq!(form.policy(), CUSTOM);
        });
    }
}
