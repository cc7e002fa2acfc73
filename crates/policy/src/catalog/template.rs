//! URL templates: paths in which parts in braces stand for ids.

use super::percent::decode;

/// Longer templates are refused: no API has them, and a path may have as many parents as segments.
const LONGEST: usize = 2_000;

/// A template, cut into its segments; empty ones and a slash at the end do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template<'t> {
    segments: Vec<Segment<'t>>,
}

/// What stands between two slashes of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment<'t> {
    /// The same text in every URL.
    Fixed(&'t str),
    /// A parameter, which stands for any text.
    Parameter(&'t str),
    /// Parameters among fixed text, as in `{name}.json`.
    Mixed {
        before: &'t str,
        /// Each parameter with the text behind it, which only the last one may lack.
        parameters: Vec<(&'t str, &'t str)>,
    },
}

/// Why a text is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TemplateProblem {
    MissingSlash,
    /// It has no segment `api`, at which templates of Review Board begin.
    MissingApi,
    Query,
    UnbalancedBraces,
    EmptyParameter,
    AdjacentParameters,
    TooLong,
}

/// Whether an id at the end of a URL may reach over several segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slashes {
    Separate,
    Join,
}

/// How closely a template fits: first by its fixed segments, then by fixed text within segments, then by not joining.
pub(super) type Rank = (usize, usize, bool);

/// What the parameters of a template stand for in a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit<'t> {
    /// The parameters in order, each with its text.
    pub(super) values: Vec<(&'t str, String)>,
    pub(super) rank: Rank,
}

impl<'t> Template<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Template<'t>, TemplateProblem> {
        if text.len() > LONGEST {
            return Err(TemplateProblem::TooLong);
        }
        let path = text.strip_prefix('/').ok_or(TemplateProblem::MissingSlash)?;
        if path.contains(['?', '#']) {
            return Err(TemplateProblem::Query);
        }
        let segments = path.split('/').filter(|part| !part.is_empty()).map(segment);
        Ok(Template { segments: segments.collect::<Result<Vec<_>, _>>()? })
    }

    pub(super) fn segments(&self) -> &[Segment<'t>] {
        &self.segments
    }

    /// The names of the parameters, in order.
    pub(super) fn parameters(&self) -> Vec<&'t str> {
        let mut names = Vec::new();
        for segment in &self.segments {
            match segment {
                Segment::Fixed(_) => {}
                Segment::Parameter(name) => names.push(*name),
                Segment::Mixed { parameters, .. } => names.extend(parameters.iter().map(|(name, _)| *name)),
            }
        }
        names
    }

    /// Whether the whole last segment is a parameter.
    pub(super) fn ends_with_parameter(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Parameter(_)))
    }

    /// The template without the names of its parameters: two with the same shape fit the same URLs.
    ///
    /// The shape of a template that another one goes on from is a beginning of the other's shape.
    pub(super) fn shape(&self) -> String {
        let mut shape = String::new();
        for segment in &self.segments {
            shape.push('/');
            match segment {
                Segment::Fixed(text) => shape.push_str(text),
                Segment::Parameter(_) => shape.push_str("{}"),
                Segment::Mixed { before, parameters } => {
                    shape.push_str(before);
                    for (_, after) in parameters {
                        shape.push_str("{}");
                        shape.push_str(after);
                    }
                }
            }
        }
        shape
    }

    /// What the parameters stand for in the URL of these decoded segments; none if it is no URL of this template.
    pub(super) fn fit(&self, segments: &[String], slashes: Slashes) -> Option<Fit<'t>> {
        let joins = segments.len() > self.segments.len() && slashes == Slashes::Join && self.ends_with_parameter();
        if segments.len() != self.segments.len() && !joins {
            return None;
        }
        let mut fit = Fit { values: Vec::new(), rank: (0, 0, !joins) };
        for (index, (segment, text)) in self.segments.iter().zip(segments).enumerate() {
            match segment {
                Segment::Fixed(fixed) if means(fixed, text) => fit.rank.0 += 1,
                Segment::Fixed(_) => return None,
                Segment::Parameter(name) if index + 1 == self.segments.len() => {
                    fit.values.push((*name, segments.get(index..)?.join("/")));
                }
                Segment::Parameter(name) => fit.values.push((*name, text.clone())),
                Segment::Mixed { before, parameters } => {
                    fit.values.extend(bind(before, parameters, text)?);
                    fit.rank.1 += before.len() + parameters.iter().map(|(_, after)| after.len()).sum::<usize>();
                }
            }
        }
        Some(fit)
    }
}

/// The shape one segment shorter; none for the shape of the root.
pub(super) fn parent_shape(shape: &str) -> Option<&str> {
    shape.rsplit_once('/').map(|(parent, _)| parent)
}

fn segment(text: &str) -> Result<Segment<'_>, TemplateProblem> {
    let Some((before, mut rest)) = text.split_once('{') else {
        return if text.contains('}') { Err(TemplateProblem::UnbalancedBraces) } else { Ok(Segment::Fixed(text)) };
    };
    let mut parameters = Vec::new();
    loop {
        let (name, behind) = rest.split_once('}').ok_or(TemplateProblem::UnbalancedBraces)?;
        let (after, more) = match behind.split_once('{') {
            Some((after, more)) => (after, Some(more)),
            None => (behind, None),
        };
        if name.is_empty() {
            return Err(TemplateProblem::EmptyParameter);
        }
        if name.contains('{') || after.contains('}') || before.contains('}') {
            return Err(TemplateProblem::UnbalancedBraces);
        }
        if after.is_empty() && more.is_some() {
            return Err(TemplateProblem::AdjacentParameters);
        }
        parameters.push((name, after));
        match more {
            Some(more) => rest = more,
            None => break,
        }
    }
    if let [(name, "")] = parameters.as_slice()
        && before.is_empty()
    {
        return Ok(Segment::Parameter(name));
    }
    Ok(Segment::Mixed { before, parameters })
}

/// Whether a fixed segment, which may itself be encoded, stands for this decoded one.
fn means(fixed: &str, text: &str) -> bool {
    fixed == text || (fixed.contains('%') && decode(fixed) == text)
}

/// What the parameters of one segment stand for; each takes as little as it can, but something.
fn bind<'t>(before: &str, parameters: &[(&'t str, &'t str)], text: &str) -> Option<Vec<(&'t str, String)>> {
    let mut rest = text.strip_prefix(before)?;
    let mut values = Vec::with_capacity(parameters.len());
    for (index, (name, after)) in parameters.iter().enumerate() {
        let is_last = index + 1 == parameters.len();
        let end = if is_last { rest.strip_suffix(*after)?.len() } else { end_before(rest, after)? };
        let (value, behind) = rest.split_at_checked(end)?;
        if value.is_empty() {
            return None;
        }
        values.push((*name, value.to_owned()));
        rest = behind.strip_prefix(*after)?;
    }
    Some(values)
}

/// Where `after` first stands in `text`, behind one character or more.
fn end_before(text: &str, after: &str) -> Option<usize> {
    let first = text.chars().next()?.len_utf8();
    text.get(first..)?.find(after).map(|place| first + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, path: &str, expected: Option<&str>) {
        let segments: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let fit = Template::parse(template).unwrap().fit(&segments, Slashes::Separate);
        let shown = fit.map(|fit| {
            let values = fit.values.iter().map(|(name, value)| format!("{name}={value}"));
            values.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown.as_deref(), expected, "{template} {path}");
    }

    #[test]
    fn parameters_take_what_stands_in_their_place() {
        check("/", "/", Some(""));
        check("/pets/{id}", "/pets/7/", Some("id=7"));
        check("/pets/{id}", "/pets", None);
        check("/pets/{id}", "/pets/7/8", None);
        check("/pets/{id}.json", "/pets/7.json", Some("id=7"));
        check("/pets/{id}.json", "/pets/.json", None);
        check("/a%20b/{x}", "/a b/c", Some("x=c"));
        check("/compare/{base}...{head}", "/compare/main...next", Some("base=main head=next"));
        check("/compare/{base}...{head}", "/compare/a...b...c", Some("base=a head=b...c"));
        check("/files/{name}:copy", "/files/:copy:copy", Some("name=:copy"));
    }

    #[test]
    fn joined_segments_are_one_id() {
        let segments = ["pets", "a", "b"].map(str::to_owned);
        let fit = Template::parse("/pets/{id}").unwrap().fit(&segments, Slashes::Join).unwrap();
        assert_eq!(fit.values, [("id", "a/b".to_owned())]);
        assert_eq!(Template::parse("/pets/a").unwrap().fit(&segments, Slashes::Join), None);
    }

    #[test]
    fn other_texts_are_no_templates() {
        let problem = |text: &str| Template::parse(text).unwrap_err();
        assert_eq!(problem("pets"), TemplateProblem::MissingSlash);
        assert_eq!(problem("/pets?id={id}"), TemplateProblem::Query);
        for text in ["/{id", "/id}", "/{i{d}", "/{a}}", "/}{a}", "/{a/b}"] {
            assert_eq!(problem(text), TemplateProblem::UnbalancedBraces, "{text}");
        }
        assert_eq!(problem("/{}"), TemplateProblem::EmptyParameter);
        assert_eq!(problem("/{a}{b}"), TemplateProblem::AdjacentParameters);
        assert_eq!(problem(&"/a".repeat(LONGEST)), TemplateProblem::TooLong);
    }

    #[test]
    fn shapes_leave_names_out() {
        let shape = |text: &str| Template::parse(text).unwrap().shape();
        assert_eq!(shape("/pets/{id}/"), shape("/pets/{pet}"));
        assert_eq!(shape("/a/{b}.{c}"), "/a/{}.{}");
        assert_eq!(parent_shape(&shape("/pets/{id}")), Some("/pets"));
        assert_eq!(parent_shape(&shape("/pets")), Some(""));
        assert_eq!(parent_shape(&shape("/")), None);
    }
}
