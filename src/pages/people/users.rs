//! Users: adding, changing, removing.

use leptos::prelude::*;
use tollgate_tokens::people::Powers;

use crate::components::{
    Button, ButtonKind, ButtonLook, ButtonSize, Checkbox, Field, IconName, Switch, TextInput, TextKind,
};
use crate::format;
use crate::state::{People, UserRow};

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
    let is_empty = move || people.users().is_empty();
    view! {
        <section class="box" aria-labelledby="users">
            <div class="box-h">
                <h2 id="users">"Users"</h2>
                <span class="end meta">"a token belongs to a user and can never do more"</span>
            </div>
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
            <Show when=move || !is_empty() fallback=|| view! { <p class="box-b t2">"No user yet."</p> }>
                <div class="box-t" tabindex="0" role="group" aria-label="Users">
                    <table class="plain-table">
                        <thead>
                            <tr>
                                <th scope="col">"User"</th>
                                <th scope="col">"Active"</th>
                                <th scope="col">"Superuser"</th>
                                <th scope="col" class="num">"Tokens"</th>
                                <th scope="col"><span class="vh">"Acts"</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
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
