//! The form for what the service is set to, as far as it touches tokens.

use leptos::prelude::*;
use tollgate_tokens::{GeneratorId, ParseNameError, Settings};

use super::Console;
use super::console::After;
use super::refusal::why;
use super::task::task;

/// The form, which begins with the settings as they are.
#[derive(Clone, Copy)]
pub struct ServiceForm {
    console: Console,
    /// The generator of new tokens.
    pub generator: RwSignal<String>,
    /// The type that the text of a new token starts with.
    pub token_type: RwSignal<String>,
    /// How many days a new token lives when nobody says otherwise.
    pub default_days: RwSignal<String>,
    /// The most days that a token may live, unless it never expires.
    pub longest_days: RwSignal<String>,
    /// How many days a token made for a client lives; 0 is for ever.
    pub client_days: RwSignal<String>,
    error: RwSignal<String>,
    change: Action<Settings, ()>,
}

impl ServiceForm {
    /// The form on the settings as they are now.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let error = RwSignal::new(String::new());
        let [generator, token_type, default_days, longest_days, client_days] =
            console.workspace().with_untracked(|workspace| texts(workspace.settings()).map(RwSignal::new));
        let form = Self {
            console,
            generator,
            token_type,
            default_days,
            longest_days,
            client_days,
            error,
            change: task(move |settings: &Settings| change(after, settings.clone(), error)),
        };
        after.program.unsaved.watch("the form for the service", move || form.is_changed());
        form
    }

    /// The generators that new tokens can be made with, and those whose tokens should be replaced.
    #[must_use]
    pub fn generators(self) -> (Vec<String>, Vec<String>) {
        let registry = self.console.registry();
        let registry = self.console.workspace().with(|workspace| workspace.settings().apply(&registry));
        registry.iter().map(|generator| generator.id().to_owned()).partition(|id| !registry.is_deprecated(id))
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether the form says anything else than the settings, and nothing is on its way to the store.
    #[must_use]
    pub fn can_be_saved(self) -> Signal<bool> {
        let pending = self.change.pending();
        Signal::derive(move || self.is_changed() && !pending.get())
    }

    /// Changes the settings, or says what is wrong with the form.
    pub fn save(self) {
        match untrack(|| self.wanted()) {
            Ok(settings) => {
                self.error.set(String::new());
                self.change.dispatch(settings);
            }
            Err(error) => self.error.set(error),
        }
    }

    fn is_changed(self) -> bool {
        let typed = self.fields().map(|field| field.get().trim().to_owned());
        self.console.workspace().with(|workspace| texts(workspace.settings()) != typed)
    }

    fn fields(self) -> [RwSignal<String>; 5] {
        [self.generator, self.token_type, self.default_days, self.longest_days, self.client_days]
    }

    fn wanted(self) -> Result<Settings, String> {
        let days = |field: RwSignal<String>, which: &str| {
            let text = field.get();
            text.trim().parse::<u32>().map_err(|_| format!("the {which} is a whole number of days, such as 90"))
        };
        let default_generator: GeneratorId =
            self.generator.get().parse().map_err(|error: ParseNameError| error.to_string())?;
        Ok(Settings {
            default_generator,
            token_type: self.token_type.get().trim().to_owned(),
            default_lifetime_days: days(self.default_days, "default lifetime")?,
            longest_lifetime_days: days(self.longest_days, "longest lifetime")?,
            client_token_days: days(self.client_days, "lifetime of a client’s token")?,
            ..self.console.workspace().with(|workspace| workspace.settings().clone())
        })
    }
}

/// The settings as the form shows them.
fn texts(settings: &Settings) -> [String; 5] {
    [
        settings.default_generator.to_string(),
        settings.token_type.clone(),
        settings.default_lifetime_days.to_string(),
        settings.longest_lifetime_days.to_string(),
        settings.client_token_days.to_string(),
    ]
}

async fn change(after: After, settings: Settings, error: RwSignal<String>) {
    let services = after.services();
    let outcome = services.manager.change_settings(settings).await;
    match after.settle(outcome) {
        Some(Ok(())) => after.notices.done("The service is set; what is made from now on follows it", None),
        Some(Err(refusal)) => {
            error.try_set(why(&refusal));
        }
        None => {
            error.try_set("the change was not saved".to_owned());
        }
    }
}
