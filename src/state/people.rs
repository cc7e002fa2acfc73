//! Users and Local Sites: adding, changing and removing them.

use leptos::prelude::*;
use tollgate_tokens::people::{PeopleError, Powers};
use tollgate_tokens::{Operation, ParseNameError, SiteName, Username};

use super::Console;
use super::console::After;
use super::task::task;

/// One user with the count of their tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// The login name.
    pub username: Username,
    /// What the user may do.
    pub powers: Powers,
    /// How many tokens the user owns.
    pub tokens: usize,
}

#[derive(Clone)]
enum PeopleAct {
    AddUser(Username, Powers),
    SetPowers(Username, Powers),
    RemoveUser(Username),
    AddSite(SiteName),
    RemoveSite(SiteName),
}

/// The page of people.
#[derive(Clone, Copy)]
pub struct People {
    console: Console,
    /// The name typed for a new user.
    pub new_user: RwSignal<String>,
    /// Whether the new user shall be a superuser.
    pub new_is_superuser: RwSignal<bool>,
    /// The name typed for a new site.
    pub new_site: RwSignal<String>,
    user_error: RwSignal<String>,
    site_error: RwSignal<String>,
    change: Action<PeopleAct, ()>,
}

impl People {
    /// The state of the page.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (user_error, site_error) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let (new_user, new_site) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let is_typed = move || [new_user, new_site].iter().any(|name| name.with(|name| !name.is_empty()));
        after.program.unsaved.watch("the name that is typed under People", is_typed);
        let apply = move |change: &PeopleAct| {
            let change = change.clone();
            async move {
                let (error, field) = match change {
                    PeopleAct::AddSite(_) | PeopleAct::RemoveSite(_) => (site_error, new_site),
                    _ => (user_error, new_user),
                };
                let adds = matches!(change, PeopleAct::AddUser(..) | PeopleAct::AddSite(_));
                match perform(after, change).await {
                    Some(Ok(done)) => {
                        error.set(String::new());
                        if adds {
                            field.set(String::new());
                        }
                        after.notices.done(done, None);
                    }
                    Some(Err(refusal)) => error.set(format!("{refusal}: {}", refusal.help())),
                    None => {}
                }
            }
        };
        Self {
            console,
            new_user,
            new_is_superuser: RwSignal::new(false),
            new_site,
            user_error,
            site_error,
            change: task(apply),
        }
    }

    /// The users, by name.
    #[must_use]
    pub fn users(self) -> Vec<UserRow> {
        self.console.workspace().with(|workspace| {
            let row = |user: &tollgate_tokens::User| UserRow {
                username: user.username.clone(),
                powers: Powers { active: user.active, superuser: user.superuser },
                tokens: workspace.tokens_of(&user.username).count(),
            };
            workspace.users().map(row).collect()
        })
    }

    /// The Local Sites by name, each with the count of its tokens.
    #[must_use]
    pub fn sites(self) -> Vec<(SiteName, usize)> {
        self.console.workspace().with(|workspace| {
            let tokens =
                |name: &SiteName| workspace.tokens().filter(|token| token.local_site.as_ref() == Some(name)).count();
            workspace.sites().map(|site| (site.name.clone(), tokens(&site.name))).collect()
        })
    }

    /// Why the last change of a user was refused; empty when it was not.
    #[must_use]
    pub fn user_error(self) -> Signal<String> {
        self.user_error.into()
    }

    /// Why the last change of a site was refused; empty when it was not.
    #[must_use]
    pub fn site_error(self) -> Signal<String> {
        self.site_error.into()
    }

    /// Whether a change is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.change.pending().into()
    }

    /// Adds the user whose name is typed.
    pub fn add_user(self) {
        let powers = Powers { active: true, superuser: self.new_is_superuser.get_untracked() };
        match parse(&self.new_user.get_untracked()) {
            Ok(name) => self.dispatch(PeopleAct::AddUser(name, powers)),
            Err(error) => self.user_error.set(error),
        }
    }

    /// Changes what a user may do.
    pub fn change_user(self, name: Username, powers: Powers) {
        self.dispatch(PeopleAct::SetPowers(name, powers));
    }

    /// Removes a user who owns no token.
    pub fn remove_user(self, name: Username) {
        self.dispatch(PeopleAct::RemoveUser(name));
    }

    /// Adds the site whose name is typed.
    pub fn add_site(self) {
        match parse(&self.new_site.get_untracked()) {
            Ok(name) => self.dispatch(PeopleAct::AddSite(name)),
            Err(error) => self.site_error.set(error),
        }
    }

    /// Removes a site that no token is bound to.
    pub fn remove_site(self, name: SiteName) {
        self.dispatch(PeopleAct::RemoveSite(name));
    }

    fn dispatch(self, change: PeopleAct) {
        self.change.dispatch(change);
    }
}

fn parse<T: std::str::FromStr<Err = ParseNameError>>(text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|error: ParseNameError| error.to_string())
}

async fn perform(after: After, change: PeopleAct) -> Option<Result<String, PeopleError>> {
    let services = after.services();
    let manager = &services.manager;
    let (outcome, done): (Result<(), Operation<PeopleError>>, String) = match change {
        PeopleAct::AddUser(name, powers) => {
            let done = format!("{name} is added");
            (manager.add_user(name, powers).await, done)
        }
        PeopleAct::SetPowers(name, powers) => {
            let active = if powers.active { "active" } else { "inactive" };
            let superuser = if powers.superuser { ", a superuser" } else { "" };
            let done = format!("{name} is {active}{superuser}");
            (manager.change_user(name, powers).await, done)
        }
        PeopleAct::RemoveUser(name) => {
            let done = format!("{name} is removed");
            (manager.remove_user(name).await, done)
        }
        PeopleAct::AddSite(name) => {
            let done = format!("Local Site {name} is added");
            (manager.add_site(name).await, done)
        }
        PeopleAct::RemoveSite(name) => {
            let done = format!("Local Site {name} is removed");
            (manager.remove_site(name).await, done)
        }
    };
    after.settle(outcome).map(|settled| settled.map(|()| done))
}
