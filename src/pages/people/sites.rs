//! Local Sites: adding and removing.

use leptos::prelude::*;
use tollgate_tokens::SiteName;

use super::roster::{Head, Roster};
use crate::components::{Button, ButtonKind, ButtonLook, ButtonSize, Field, IconName, TextInput, TextKind};
use crate::format;
use crate::state::People;

const HEADS: &[Head] = &[("Site", ""), ("Tokens", "num")];

#[component]
pub(super) fn Sites(
    /// The page's state.
    people: People,
) -> impl IntoView {
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        people.add_site();
    };
    let rows = move || people.sites().into_iter().map(|site| site_row(people, site)).collect_view();
    view! {
        <Roster
            id="sites"
            title="Local Sites"
            meta="partitions of one server"
            heads=HEADS
            none="No Local Site: every token is global."
            is_empty=Signal::derive(move || people.sites().is_empty())
            rows=rows
        >
            <form class="box-b" on:submit=add>
                <Field
                    id="new-site"
                    label="Site name"
                    help="The part of the URL behind /s/. Without any, every token is global."
                    error=people.site_error()
                >
                    <div class="row">
                        <TextInput
                            id="new-site"
                            value=people.new_site
                            on_input=move |name: String| people.new_site.set(name)
                            kind=TextKind::Code
                            invalid=Signal::derive(move || !people.site_error().get().is_empty())
                        />
                        <Button kind=ButtonKind::Submit icon=IconName::Plus disabled=people.is_pending()>
                            "Add site"
                        </Button>
                    </div>
                </Field>
            </form>
        </Roster>
    }
}

fn site_row(people: People, (name, tokens): (SiteName, usize)) -> impl IntoView + use<> {
    let for_removal = name.clone();
    let href = format!("/tokens?q=site:{name}");
    view! {
        <tr>
            <td><a href=href>{name.to_string()}</a></td>
            <td class="num">{format::count(tokens)}</td>
            <td class="num">
                <Button
                    icon=IconName::Trash
                    size=ButtonSize::Small
                    look=ButtonLook::Quiet
                    label=format!("Remove {name}")
                    on_click=move |()| people.remove_site(for_removal.clone())
                />
            </td>
        </tr>
    }
}
