//! A policy that comes as a file: read, and opened as a text that nobody here vouched for.

use leptos::ev;
use leptos::prelude::*;
use tollgate_browser::PickedFile;
use tollgate_tokens::json_holds_token;

use super::incoming::{Foreign, Incoming};
use crate::format;
use crate::state::Console;
use crate::state::console::After;
use crate::state::task::task;

/// The largest file that is opened, in bytes: the largest policy that the library keeps.
const LARGEST: u64 = 1 << 20;

/// The way in for files.
#[derive(Clone, Copy)]
pub struct OpenFile {
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    read: Action<(), ()>,
}

impl OpenFile {
    /// Opens files; `then` runs once one is open, if its page is still there.
    #[must_use]
    pub fn new(console: Console, then: Callback<()>) -> Self {
        let (after, incoming) = (console.after(), console.incoming);
        let picked = StoredValue::new_local(None::<PickedFile>);
        Self { picked, read: task(move |(): &()| open(after, incoming, picked, then)) }
    }

    /// Opens the file that was picked in the input that an event comes from.
    pub fn pick(self, event: &ev::Event) {
        if let Some(file) = PickedFile::of(event) {
            self.picked.set_value(Some(file));
            self.read.dispatch(());
        }
    }
}

async fn open(
    after: After,
    incoming: Incoming,
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    then: Callback<()>,
) {
    let Some(file) = picked.try_update_value(Option::take).flatten() else { return };
    match text_of(&file).await {
        Ok(text) => {
            let what = format!("the file {}", file.name());
            let origin = format!("This policy came from {what}");
            incoming.show(Foreign::new(text, what, origin));
            then.try_run(());
        }
        Err(why) => after.notices.failed(format!("{} was not opened: {why}", file.name())),
    }
}

async fn text_of(file: &PickedFile) -> Result<String, String> {
    if file.size() > LARGEST {
        let (size, most) = (format::bytes(file.size()), format::bytes(LARGEST));
        return Err(format!("it has {size}, and policies of at most {most} are kept"));
    }
    let text = file.text().await.map_err(|error| error.to_string())?;
    if json_holds_token(&text) {
        return Err("it contains what looks like a token. Treat that token as leaked: invalidate it".to_owned());
    }
    Ok(text)
}
