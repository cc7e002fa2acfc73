//! The page.

use super::sections::{AboutSection, LookSection, RecordSection, WorkspaceSection};
use super::storage::StorageSection;
use leptos::prelude::*;

use crate::components::PageHead;
use crate::pages::words::title;

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    title("Settings");
    view! {
        <PageHead title="Settings" />
        <div class="page">
            <div class="settings">
                <StorageSection />
                <RecordSection />
                <LookSection />
                <WorkspaceSection />
                <AboutSection />
            </div>
        </div>
    }
}
