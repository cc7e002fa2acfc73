//! Where the document of a catalog is from, and what the catalog is called by that.

/// What is said of a document that was pasted, where a file would have a name.
pub(super) const PASTED: &str = "a pasted document";

/// The longest name of a catalog, in characters.
const LONGEST_NAME: usize = 100;

/// Whether a text that was typed is the user's own from here on: another than what was there, or none at all.
pub(super) fn is_of_user(was: &str, typed: &str) -> bool {
    typed.is_empty() || typed != was
}

/// What a catalog is called at first: by its title, by its file without an ending or its server, or by what it is.
pub(super) fn name_of(title: &str, origin: &str) -> String {
    let stem = match origin.split_once("://") {
        Some((_, rest)) => rest.split('/').next().unwrap_or_default(),
        None => origin.rsplit_once('.').map_or(origin, |(stem, _)| stem),
    };
    let named = |words: &str| -> Option<String> {
        let kept = words.chars().filter(|character| !character.is_control()).take(LONGEST_NAME);
        Some(kept.collect::<String>().trim().to_owned()).filter(|name| !name.is_empty())
    };
    named(title).or_else(|| named(stem)).unwrap_or_else(|| "Imported catalog".to_owned())
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::CatalogName;

    use super::*;

    #[test]
    fn a_catalog_is_called_by_its_title_its_file_or_its_server() {
        assert_eq!(name_of(" Airflow API\n(Stable) ", "airflow.json"), "Airflow API(Stable)");
        assert_eq!(name_of("", "airflow.v1.json"), "airflow.v1");
        assert_eq!(name_of("", "https://pets.example.com/api/"), "pets.example.com");
        assert_eq!(name_of("\n", ""), "Imported catalog");
        assert_eq!(name_of(&"a".repeat(300), "").len(), LONGEST_NAME);
        assert!(name_of(&"ä".repeat(300), "").parse::<CatalogName>().is_ok());
    }

    #[test]
    fn a_document_is_from_its_file_only_until_somebody_edits_it() {
        assert!(!is_of_user("{}", "{}"));
        assert!(is_of_user("{}", "{} "));
        assert!(is_of_user("{}", ""));
        assert!(is_of_user("", ""));
    }
}
