//! Changing what the service is set to.

use super::checked::{TokenError, check_token_type};
use crate::event::EventBody;
use crate::generator::GeneratorRegistry;
use crate::model::{Settings, Workspace};

/// The most days that a lifetime may be set to: a century.
pub const MOST_DAYS: u32 = 36_525;

/// Why settings were not changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// They are like that already.
    #[error("the settings are like that already")]
    Unchanged,
    /// The default generator is unknown or deprecated.
    #[error("new tokens cannot be made with the generator `{0}`")]
    Generator(String),
    /// The token type breaks the format.
    #[error(transparent)]
    TokenType(TokenError),
    /// A lifetime is out of its bounds.
    #[error("the {which} is between {least} and {most} days")]
    Lifetime {
        /// Which one.
        which: &'static str,
        /// The least number of days.
        least: u32,
        /// The greatest number of days.
        most: u32,
    },
}

impl SettingsError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unchanged => "U0301",
            Self::Generator(_) => "U0302",
            Self::TokenType(_) => "U0303",
            Self::Lifetime { .. } => "U0304",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Unchanged => "nothing needs doing",
            Self::Generator(_) => "choose a generator that is not deprecated",
            Self::TokenType(_) => "use `rbp`, as Review Board does",
            Self::Lifetime { .. } => "choose a number between these",
        }
    }
}

/// Decides new settings.
///
/// # Errors
///
/// [`SettingsError`] names the first thing that is wrong.
pub fn change_settings(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    settings: &Settings,
) -> Result<(Vec<EventBody>, ()), SettingsError> {
    if workspace.settings() == settings {
        return Err(SettingsError::Unchanged);
    }
    let registry = settings.apply(registry);
    let generator = settings.default_generator.as_str();
    if registry.get(generator).is_none() || registry.is_deprecated(generator) {
        return Err(SettingsError::Generator(generator.to_owned()));
    }
    check_token_type(&settings.token_type).map_err(SettingsError::TokenType)?;
    let bounds = [
        ("longest lifetime", settings.longest_lifetime_days, 1, MOST_DAYS),
        ("default lifetime", settings.default_lifetime_days, 1, settings.longest_lifetime_days),
        ("lifetime of a client\u{2019}s token", settings.client_token_days, 0, settings.longest_lifetime_days),
    ];
    for (which, days, least, most) in bounds {
        if !(least..=most).contains(&days) {
            return Err(SettingsError::Lifetime { which, least, most });
        }
    }
    Ok((vec![EventBody::SettingsChanged(settings.clone())], ()))
}
