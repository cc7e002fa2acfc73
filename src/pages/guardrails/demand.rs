//! What the tokens may not do, or must be able to do.

use leptos::prelude::*;

use crate::components::{Checkbox, Choice, Field, FieldGroup, Segmented, Select, TextInput, TextKind};
use crate::state::{GuardrailForm, ItemsChoice, METHODS};

/// What they may not do, or must be able to do.
#[component]
pub(super) fn Demand(
    /// The form's state.
    form: GuardrailForm,
) -> impl IntoView {
    let rules = GuardrailForm::RULES.map(|(word, shown)| Choice::new(word, shown)).to_vec();
    let rule = Signal::derive(move || form.rule().to_owned());
    let choose_rule = move |word: String| form.choose_rule(&word);
    let method = move |method: &'static str| {
        let is_chosen = Signal::derive(move || form.is_chosen(method));
        view! {
            <Checkbox checked=is_chosen on_change=move |on: bool| form.choose_method(method, on)>
                {method}
            </Checkbox>
        }
    };
    let resources: Vec<Choice> =
        GuardrailForm::resources().into_iter().map(|name| Choice::new(name.clone(), name)).collect();
    let resources: Vec<Choice> = std::iter::once(Choice::new("", "Any resource")).chain(resources).collect();
    let items: Vec<Choice> = ItemsChoice::ALL.into_iter().map(|(_, word, shown)| Choice::new(word, shown)).collect();
    let choose_items = move |word: String| {
        if let Some((choice, _, _)) = ItemsChoice::ALL.iter().find(|(_, known, _)| *known == word) {
            form.items.set(*choice);
        }
    };
    let is_one = Memo::new(move |_| form.items.get() == ItemsChoice::One);
    view! {
        <FieldGroup id="guarded-rule" legend="What such a token">
            <Segmented name="guarded-rule" legend="What such a token" choices=Signal::stored(rules) value=rule on_change=choose_rule />
        </FieldGroup>
        <FieldGroup id="guarded-methods" legend="Methods" help="None chosen stands for any method.">
            <div class="row wrap">{METHODS.into_iter().map(method).collect_view()}</div>
        </FieldGroup>
        <div class="two">
            <Field id="guarded-resource" label="Resource">
                <Select
                    id="guarded-resource"
                    choices=Signal::stored(resources)
                    value=form.resource
                    on_change=move |name: String| form.resource.set(name)
                />
            </Field>
            <Field id="guarded-items" label="Requests for">
                <Select
                    id="guarded-items"
                    choices=Signal::stored(items)
                    value=Signal::derive(move || form.items.get().word().to_owned())
                    on_change=choose_items
                />
            </Field>
        </div>
        <Show when=move || is_one.get()>
            <Field id="guarded-item" label="Item id">
                <TextInput
                    id="guarded-item"
                    kind=TextKind::Code
                    value=form.item
                    on_input=move |item: String| form.item.set(item)
                />
            </Field>
        </Show>
    }
}
