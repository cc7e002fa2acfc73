//! Users: adding, changing, removing.

use leptos::prelude::*;
use tollgate_tokens::people::Powers;

use super::roster::{Head, Roster};
use crate::components::{
    Button, ButtonKind, ButtonLook, ButtonSize, Checkbox, Field, IconName, Switch, TextInput, TextKind,
};
use crate::format;
use crate::state::{People, UserRow};

const HEADS: &[Head] = &[("User", ""), ("Active", ""), ("Superuser", ""), ("Tokens", "num")];

#[component]
pub(super) fn Users(
    /// The page's state.
    people: People,
) -> impl IntoView {
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        people.add_user();
    };
    let rows = move || people.users().into_iter().map(|user| user_row(people, user)).collect_view();
    view! {
        <Roster
            id="users"
            title="Users"
            meta="a token belongs to a user and can never do more"
            heads=HEADS
            none="No user yet."
            is_empty=Signal::derive(move || people.users().is_empty())
            rows=rows
        >
            <form class="box-b stack4" on:submit=add>
                <Field
                    id="new-user"
                    label="Login name"
                    help="As on the server: letters, digits and @ . + - _"
                    error=people.user_error()
                >
                    <div class="row">
                        <TextInput
                            id="new-user"
                            value=people.new_user
                            on_input=move |name: String| people.new_user.set(name)
                            kind=TextKind::Code
                            invalid=Signal::derive(move || !people.user_error().get().is_empty())
                        />
                        <Button kind=ButtonKind::Submit look=ButtonLook::Primary icon=IconName::Plus disabled=people.is_pending()>
                            "Add user"
                        </Button>
                    </div>
                </Field>
                <Checkbox checked=people.new_is_superuser on_change=move |on: bool| people.new_is_superuser.set(on)>
                    "Superuser: may see and change everybody’s tokens"
                </Checkbox>
            </form>
        </Roster>
    }
}

fn user_row(people: People, user: UserRow) -> impl IntoView + use<> {
    let UserRow { username, powers, tokens } = user;
    let (for_active, for_superuser, for_removal) = (username.clone(), username.clone(), username.clone());
    let href = format!("/tokens?q=user:{username}");
    let [active_label, superuser_label, remove_label] =
        [format!("{username} is active"), format!("{username} is a superuser"), format!("Remove {username}")];
    view! {
        <tr>
            <td><a href=href>{username.to_string()}</a></td>
            <td>
                <Switch
                    on=powers.active
                    on_change=move |active: bool| people.change_user(for_active.clone(), Powers { active, ..powers })
                >
                    <span class="vh">{active_label}</span>
                </Switch>
            </td>
            <td>
                <Switch
                    on=powers.superuser
                    on_change=move |superuser: bool| {
                        people.change_user(for_superuser.clone(), Powers { superuser, ..powers });
                    }
                >
                    <span class="vh">{superuser_label}</span>
                </Switch>
            </td>
            <td class="num">{format::count(tokens)}</td>
            <td class="num">
                <Button
                    icon=IconName::Trash
                    size=ButtonSize::Small
                    look=ButtonLook::Quiet
                    label=remove_label
                    on_click=move |()| people.remove_user(for_removal.clone())
                />
            </td>
        </tr>
    }
}
