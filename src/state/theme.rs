//! The themes and their words.

use tollgate_browser::Theme;

/// Every theme with the word that names it in the page and in the palette, and with what people call it.
pub const THEMES: [(Theme, &str, &str); 3] =
    [(Theme::System, "system", "System"), (Theme::Light, "light", "Light"), (Theme::Dark, "dark", "Dark")];

/// The theme that a word names; the system's where it names none.
pub(super) fn named(word: &str) -> Theme {
    THEMES.iter().find(|(_, known, _)| *known == word).map(|(theme, _, _)| *theme).unwrap_or_default()
}

/// The word that names a theme.
pub(super) fn word(theme: Theme) -> &'static str {
    THEMES.iter().find(|(known, _, _)| *known == theme).map(|(_, word, _)| *word).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_theme() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(named(word(theme)), theme);
        }
        assert_eq!(named("of another time"), Theme::System);
    }
}
