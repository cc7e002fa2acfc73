//! What there is to start from, each with what it allows.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tollgate_tokens::library::SavedPolicy;

use crate::components::{Button, ButtonSize, Field, IconName, PowerGlyph, TextInput, TextKind};
use crate::pages::save_policy::SaveDialog;
use crate::pages::words::{console, may, shares};
use crate::state::CatalogInUse;
use crate::state::library::{SaveTarget, TemplateRow, ToSave, templates};

#[component]
pub(super) fn Templates() -> impl IntoView {
    let console = console();
    let saves = RwSignal::new(None::<(TemplateRow, String)>);
    let is_saving = RwSignal::new(false);
    let navigate = use_navigate();
    let to_policy = {
        let navigate = navigate.clone();
        Callback::new(move |saved: SavedPolicy| navigate(&format!("/policies/{}", saved.policy), Default::default()))
    };
    let save = Callback::new(move |(row, filled_in): (TemplateRow, String)| {
        saves.set(Some((row, filled_in)));
        is_saving.set(true);
    });
    let draft = Callback::new(move |(row, filled_in): (TemplateRow, String)| {
        console.incoming.open_template(row.template, &filled_in);
        navigate("/policies", Default::default());
    });
    let what = Callback::new(move |()| {
        let chosen = saves.get_untracked();
        let template = chosen.as_ref().map(|(row, _)| row.template);
        let target = SaveTarget::New {
            name: template.map(|template| template.name.to_owned()).unwrap_or_default(),
            template: template.map(|template| template.id),
        };
        let text = chosen.map(|(row, filled_in)| row.text(&filled_in)).unwrap_or_default();
        ToSave { text, tests: Vec::new(), catalog: CatalogInUse::built_in(), target }
    });
    let cards = templates().into_iter().map(|row| view! { <Card row=row on_save=save on_draft=draft /> });
    view! {
        <div class="scroll tall">
            <div class="page">
                <ul class="templates" aria-label="Templates">
                    {cards.collect_view()}
                </ul>
            </div>
        </div>
        <SaveDialog id="save-template" open=is_saving title="Add to the library" what=what on_saved=to_policy />
    }
}

/// One template.
#[component]
fn Card(
    /// The template.
    row: TemplateRow,
    /// Runs with the template and what is filled in, to be saved.
    on_save: Callback<(TemplateRow, String)>,
    /// The same, to be opened as a draft.
    on_draft: Callback<(TemplateRow, String)>,
) -> impl IntoView {
    let template = row.template;
    let filled_in = RwSignal::new(row.blank().map(|blank| blank.example.to_owned()).unwrap_or_default());
    let meaning = Memo::new(move |_| row.meaning(&filled_in.get()));
    let sentence = move || meaning.with(|meaning| may(meaning.as_ref()));
    let glyph = move || {
        meaning.with(|meaning| {
            let words = meaning.as_ref().map(|meaning| meaning.short()).unwrap_or_default();
            view! { <PowerGlyph shares=shares(meaning.as_ref()) words=words /> }
        })
    };
    let id = format!("blank-{}", template.id);
    let blank = row.blank().map(|blank| {
        view! {
            <Field id=id.clone() label=blank.label>
                <TextInput id=id kind=TextKind::Code value=filled_in on_input=move |text: String| filled_in.set(text) />
            </Field>
        }
    });
    view! {
        <li class="box">
            <div class="box-b stack">
                <h2>{template.name}</h2>
                <p class="t2">{template.summary}</p>
                <p class="t2">{glyph}</p>
                <p class="says">{sentence}</p>
                {blank}
                <div class="row wrap">
                    <Button
                        size=ButtonSize::Small
                        label=format!("Open on the workbench: {}", template.name)
                        on_click=move |()| on_draft.run((row, filled_in.get_untracked()))
                    >
                        "Open on the workbench"
                    </Button>
                    <Button
                        size=ButtonSize::Small
                        icon=IconName::Plus
                        label=format!("Add to library: {}", template.name)
                        on_click=move |()| on_save.run((row, filled_in.get_untracked()))
                    >
                        "Add to library"
                    </Button>
                </div>
            </div>
        </li>
    }
}
