//! The page.

use super::backup::BackupSection;
use super::program::ProgramSection;
use super::sections::{AboutSection, LookSection, RecordSection, WorkspaceSection};
use super::service::{EverybodySection, ServiceSection};
use super::storage::StorageSection;
use super::transfer::TransferSection;
use super::vault::VaultSection;
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
                <TransferSection />
                <BackupSection />
                <VaultSection />
                <ProgramSection />
                <ServiceSection />
                <RecordSection />
                <LookSection />
                <WorkspaceSection />
                <EverybodySection />
                <AboutSection />
            </div>
        </div>
    }
}
