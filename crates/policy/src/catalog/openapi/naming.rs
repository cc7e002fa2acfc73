//! Policy ids for path templates: stable, readable, and each only once.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::template::{Segment, Template};

/// A policy id for each template, in the same order.
///
/// An id is made of the fixed parts of the template, in small letters and joined by `_`; segments at the start that
/// all templates share and that say nothing, such as `api` and `v1`, are left out.
/// Where two would be the same, the one with fewer parameters keeps it, and the other adds the name of its last
/// parameter, then of all of them, then a number: so an id does not depend on the order of the document.
pub(super) fn policy_ids(templates: &[&Template<'_>]) -> Vec<String> {
    let skipped = shared_start(templates);
    let named = templates.iter().enumerate().map(|(place, template)| {
        let parameters = template.parameters();
        (parameters.len(), template.shape(), place, fixed_words(template, skipped), parameters)
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();

    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut ids: Vec<(usize, String)> = Vec::with_capacity(named.len());
    for (_, _, place, words, parameters) in named {
        let mut id = first_free(&words, &parameters, &taken).unwrap_or_else(|longest| {
            let number = numbers.entry(longest.clone()).or_insert(1);
            *number += 1;
            format!("{longest}_{number}")
        });
        // Only a path that spells such a number out makes another turn.
        while !taken.insert(id.clone()) {
            id.push_str("_2");
        }
        ids.push((place, id));
    }
    ids.sort_unstable();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// The shortest of the readable ids that is not taken, or else the longest one.
fn first_free(words: &str, parameters: &[&str], taken: &BTreeSet<String>) -> Result<String, String> {
    let short = if words.is_empty() { all_of(parameters) } else { words.to_owned() };
    if !taken.contains(&short) {
        return Ok(short);
    }
    let Some(last) = parameters.last() else { return Err(short) };
    let by_last = joined(words, "by", &snake(last));
    if !taken.contains(&by_last) {
        return Ok(by_last);
    }
    let by_all = joined(words, "by", &all_of(parameters));
    if taken.contains(&by_all) { Err(by_all) } else { Ok(by_all) }
}

fn joined(words: &str, between: &str, behind: &str) -> String {
    let parts = [words, between, behind].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// The names of all parameters; of none, `root`.
fn all_of(parameters: &[&str]) -> String {
    let names: Vec<String> = parameters.iter().map(|name| snake(name)).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "root".to_owned() } else { names.join("_") }
}

/// How many segments at the start all templates share that only say where the interface is.
fn shared_start(templates: &[&Template<'_>]) -> usize {
    let Some((first, others)) = templates.split_first() else { return 0 };
    let is_shared = |(place, segment): &(usize, &Segment<'_>)| {
        let says_nothing = matches!(segment, Segment::Fixed(text) if is_mount(text));
        says_nothing && others.iter().all(|other| other.segments().get(*place) == Some(*segment))
    };
    first.segments().iter().enumerate().take_while(is_shared).count()
}

/// Whether a segment is `api`, `rest`, or a version such as `v1` or `v2.0`.
fn is_mount(text: &str) -> bool {
    let version = text.strip_prefix(['v', 'V']).unwrap_or("");
    let is_version = version.starts_with(|first: char| first.is_ascii_digit())
        && version.chars().all(|character| character.is_ascii_alphanumeric() || character == '.');
    is_version || ["api", "apis", "rest"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The fixed text of a template as one id, without its first segments.
fn fixed_words(template: &Template<'_>, skipped: usize) -> String {
    let mut words: Vec<String> = Vec::new();
    for segment in template.segments().iter().skip(skipped) {
        match segment {
            Segment::Fixed(text) => words.push(snake(text)),
            Segment::Parameter(_) => {}
            Segment::Mixed { before, parameters } => {
                words.push(snake(before));
                words.extend(parameters.iter().map(|(_, after)| snake(after)));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.join("_")
}

/// `toyBoxes`, `toy-boxes` and `TOYBoxes` as `toy_boxes`: letters and digits of any script stay, others part words.
fn snake(text: &str) -> String {
    let mut snake = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_alphanumeric() {
            before = None;
            continue;
        }
        let is_new_word = match before {
            None => true,
            Some(_) if !character.is_uppercase() => false,
            Some(before) => !before.is_uppercase() || characters.peek().is_some_and(|next| next.is_lowercase()),
        };
        if is_new_word && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
        before = Some(character);
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let templates: Vec<Template<'_>> = texts.iter().map(|text| Template::parse(text).unwrap()).collect();
        assert_eq!(policy_ids(&templates.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn ids_are_made_of_the_fixed_parts() {
        check(&["/pets/{petId}/toyBoxes/{id}", "/pets"], &["pets_toy_boxes", "pets"]);
        check(&["/", "/{tenant}", "/{tenantId}/{x}"], &["root", "tenant", "tenant_id_x"]);
        check(&["/files/{name}:copy", "/files/{name}.json"], &["files_copy", "files_json"]);
        check(&["/日本/{id}", "/-/{id}"], &["日本", "id"]);
    }

    #[test]
    fn what_all_share_and_says_nothing_is_left_out() {
        check(&["/api/v1/pets", "/api/v1/toys"], &["pets", "toys"]);
        check(&["/api/v1/pets", "/api/v2/pets"], &["v1_pets", "v2_pets"]);
        check(&["/api/pets", "/toys"], &["api_pets", "toys"]);
        check(&["/shop/pets", "/shop/toys"], &["shop_pets", "shop_toys"]);
        check(&["/v2.0"], &["root"]);
    }

    #[test]
    fn ids_differ_whatever_the_order() {
        check(&["/pets/{petId}/toys", "/pets/toys"], &["pets_toys_by_pet_id", "pets_toys"]);
        check(&["/pets/toys", "/pets/{petId}/toys"], &["pets_toys", "pets_toys_by_pet_id"]);
        check(&["/a/{x}/b/{y}", "/{x}/a/b/{y}", "/a/b/{y}"], &["a_b_by_y", "a_b_by_x_y", "a_b"]);
        check(&["/a-b", "/a_b", "/a/b"], &["a_b", "a_b_3", "a_b_2"]);
    }

    #[test]
    fn words_are_parted_where_people_part_them() {
        let cases = [
            ("uploadImage", "upload_image"),
            ("HTTPServer", "http_server"),
            ("oauth2Token", "oauth2_token"),
            ("dag-runs", "dag_runs"),
            ("~", ""),
            ("__a..b__", "a_b"),
        ];
        for (text, expected) in cases {
            assert_eq!(snake(text), expected, "{text}");
        }
    }
}
