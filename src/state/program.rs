//! The program itself: whether it starts without a network, and how a newer version takes over.

use leptos::prelude::*;
use tollgate_browser::{LeaveQuestion, ProgramCopy, ProgramKeeper, ProgramNotice, UpdateState, reload};

use super::Unsaved;
use crate::format;

/// What is known of the program that runs.
#[derive(Clone, Copy)]
pub struct Program {
    copy: RwSignal<ProgramCopy>,
    update: RwSignal<UpdateState>,
    is_dismissed: RwSignal<bool>,
    /// What a restart would lose, while that is asked; empty when it is not.
    asked: RwSignal<String>,
    keeper: StoredValue<Option<ProgramKeeper>, LocalStorage>,
    /// What a restart would lose.
    pub unsaved: Unsaved,
}

impl Program {
    pub(super) fn new() -> Self {
        Self {
            copy: RwSignal::new(ProgramCopy::Pending),
            update: RwSignal::new(UpdateState::None),
            is_dismissed: RwSignal::new(false),
            asked: RwSignal::new(String::new()),
            keeper: StoredValue::new_local(None),
            unsaved: Unsaved::new(),
        }
    }

    /// Whether this browser keeps a copy of the program.
    #[must_use]
    pub fn copy(self) -> ProgramCopy {
        self.copy.get()
    }

    /// Whether there is a newer version.
    #[must_use]
    pub fn update(self) -> UpdateState {
        self.update.get()
    }

    /// Whether a restart brings a newer version.
    #[must_use]
    pub fn is_newer_there(self) -> bool {
        self.update.with(|update| matches!(update, UpdateState::Ready | UpdateState::TakenOver))
    }

    /// That there is a newer version, until somebody has read it.
    #[must_use]
    pub fn notice(self) -> Option<&'static str> {
        if self.is_dismissed.get() {
            return None;
        }
        match self.update.get() {
            UpdateState::Ready => Some("A new version of Tollgate is here. It starts when you want it."),
            UpdateState::TakenOver => Some("Another tab has started a new version of Tollgate. Restart this one, too."),
            UpdateState::None | UpdateState::Failed { .. } => None,
        }
    }

    /// Takes the notice away. The status bar goes on saying it.
    pub fn dismiss(self) {
        self.is_dismissed.set(true);
    }

    /// Starts the newer version, but asks first when that would lose something.
    pub fn restart(self) {
        match format::list(self.unsaved.names()) {
            nothing if nothing.is_empty() => self.restart_now(),
            lost => self.asked.set(lost),
        }
    }

    /// What a restart would lose, while that is asked; empty when it is not.
    #[must_use]
    pub fn asked(self) -> Signal<String> {
        self.asked.into()
    }

    /// Starts the newer version, whatever is lost.
    pub fn restart_now(self) {
        self.stay();
        self.unsaved.give_up();
        self.keeper.with_value(|keeper| match keeper {
            Some(keeper) => keeper.restart(),
            None => reload(),
        });
    }

    /// Goes on with the version that runs.
    pub fn stay(self) {
        self.asked.set(String::new());
    }

    /// Has the browser ask before the page is left while something is only on it, and leaves it alone otherwise.
    pub(crate) fn ask_before_leaving(self) {
        let unsaved = self.unsaved;
        let question = StoredValue::new_local(None::<LeaveQuestion>);
        Effect::new(move |_| {
            let is_any = unsaved.is_any();
            if is_any != question.with_value(Option::is_some) {
                let ask = move || LeaveQuestion::ask_while(Box::new(move || !unsaved.names().is_empty()));
                question.set_value(is_any.then(ask).flatten());
            }
        });
    }

    /// Has a copy of the program kept, so that it starts without a network from the next time on.
    pub(crate) async fn keep(self) {
        if cfg!(debug_assertions) {
            return self.set_copy(ProgramCopy::Absent { cause: "builds for development are not kept".to_owned() });
        }
        let heard = move |notice: ProgramNotice| match notice {
            ProgramNotice::Copy(copy) => self.set_copy(copy),
            ProgramNotice::Update(update) => self.set_update(update),
        };
        match ProgramKeeper::register(Box::new(heard)).await {
            Ok(keeper) => drop(self.keeper.try_set_value(Some(keeper))),
            Err(error) => self.set_copy(ProgramCopy::Absent { cause: error.to_string() }),
        }
    }

    fn set_copy(self, copy: ProgramCopy) {
        self.copy.try_set(copy);
    }

    fn set_update(self, update: UpdateState) {
        if self.update.try_with_untracked(|known| is_news(known, &update)) == Some(true) {
            self.is_dismissed.try_set(false);
            self.update.try_set(update);
        }
    }
}

/// What is told twice is no news, so that a notice that was dismissed stays away. Nor is a still newer version that
/// could not be fetched, while one that could be waits.
fn is_news(known: &UpdateState, update: &UpdateState) -> bool {
    let waits = matches!(known, UpdateState::Ready | UpdateState::TakenOver);
    known != update && !(waits && matches!(update, UpdateState::Failed { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_is_told_until_it_is_dismissed_and_again_when_it_changes() {
        let owner = Owner::new();
        owner.set();
        let program = Program::new();
        assert_eq!(program.notice(), None);
        program.set_update(UpdateState::Ready);
        assert!(program.notice().is_some_and(|words| words.contains("when you want it")));
        program.dismiss();
        program.set_update(UpdateState::Ready);
        assert_eq!(program.notice(), None);
        program.set_update(UpdateState::Failed { cause: "gone".to_owned() });
        assert!(program.is_newer_there());
        program.set_update(UpdateState::TakenOver);
        assert!(program.notice().is_some_and(|words| words.contains("Another tab")));
    }

    #[test]
    fn a_restart_that_would_lose_something_asks_first() {
        let owner = Owner::new();
        owner.set();
        let program = Program::new();
        for what in ["the note", "the secret"] {
            program.unsaved.watch(what, || true);
        }
        program.restart();
        assert_eq!(program.asked().get_untracked(), "the note and the secret");
        program.stay();
        assert_eq!(program.asked().get_untracked(), "");
    }
}
