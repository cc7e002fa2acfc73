//! An input whose text never becomes part of the state.

use super::field::described_by;
use leptos::prelude::*;

/// Which passphrase is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PassphraseKind {
    /// The one that there is.
    #[default]
    Current,
    /// One that is chosen now.
    New,
}

/// An input of a passphrase, in a `Field` with the same id. Whoever needs the passphrase takes it by that id; no signal
/// ever holds it.
#[component]
pub fn PassphraseInput(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// Which passphrase it is.
    #[prop(optional)]
    kind: PassphraseKind,
) -> impl IntoView {
    let autocomplete = match kind {
        PassphraseKind::Current => "current-password",
        PassphraseKind::New => "new-password",
    };
    let described = described_by(&id);
    view! {
        <input
            id=id
            class="in mono"
            type="password"
            autocomplete=autocomplete
            spellcheck="false"
            aria-describedby=described
        />
    }
}
