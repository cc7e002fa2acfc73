//! The stable codes of all diagnostics.

use std::fmt;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The policy, or the document of a catalog, is refused.
    Error,
    /// It is accepted, but probably does not do what its author meant.
    Warning,
    /// Something that has no effect and may be left out.
    Hint,
}

macro_rules! codes {
    ($($(#[$docs:meta])* $variant:ident = ($id:literal, $name:literal, $severity:ident),)*) => {
        /// The kind of a finding: stable, searchable, and described in `docs/policy-language.md`, those of catalogs
        /// in `docs/catalogs.md`.
        ///
        /// `P01xx`: the text is not JSON. `P02xx`: the document is not a policy. `P03xx`: warnings and hints, of
        /// which those from `P0313` on are found by [`lint`](crate::lint()) only. `P04xx`: about a document that is to
        /// become a catalog.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$docs])* $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The short stable id, such as `P0101`.
            pub const fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// The name in words, such as `not_json`.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad a finding of this kind is.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// Something stands where JSON allows nothing of its kind; also the verdict on every text that is not JSON.
    NotJson = ("P0101", "not_json", Error),
    /// The text holds nothing but white space.
    EmptyText = ("P0102", "empty_text", Error),
    /// The text starts with a byte order mark.
    ByteOrderMark = ("P0103", "byte_order_mark", Error),
    /// Two values or members follow each other without a comma.
    MissingComma = ("P0104", "missing_comma", Error),
    /// A comma stands with nothing before or behind it.
    ExtraComma = ("P0105", "extra_comma", Error),
    /// A key is not followed by a colon.
    MissingColon = ("P0106", "missing_colon", Error),
    /// A key and its colon are not followed by a value.
    MissingValue = ("P0107", "missing_value", Error),
    /// A key is not written in quotes.
    UnquotedKey = ("P0108", "unquoted_key", Error),
    /// A text is written in single quotes.
    SingleQuotes = ("P0109", "single_quotes", Error),
    /// JSON knows no comments.
    Comment = ("P0110", "comment", Error),
    /// A brace or bracket is never closed.
    UnclosedBracket = ("P0111", "unclosed_bracket", Error),
    /// A closing brace or bracket does not fit the one that is open.
    MismatchedBracket = ("P0112", "mismatched_bracket", Error),
    /// A text has no closing quote.
    UnclosedText = ("P0113", "unclosed_text", Error),
    /// A text holds a raw control character.
    ControlCharacter = ("P0114", "control_character", Error),
    /// A text holds a backslash that starts no escape.
    BadEscape = ("P0115", "bad_escape", Error),
    /// Something follows after the end of the document.
    TextAfterEnd = ("P0116", "text_after_end", Error),

    /// The document is not an object.
    NotObject = ("P0201", "not_object", Error),
    /// The document is not empty and has no `resources`.
    ResourcesMissing = ("P0202", "resources_missing", Error),
    /// `resources` is not an object.
    ResourcesNotObject = ("P0203", "resources_not_object", Error),
    /// `resources` is empty.
    ResourcesEmpty = ("P0204", "resources_empty", Error),
    /// A key of `resources` is not the policy id of a resource.
    UnknownPolicyId = ("P0205", "unknown_policy_id", Error),
    /// The section of a resource is not an object; the original crashes here.
    ResourceNotObject = ("P0206", "resource_not_object", Error),
    /// A rule set is not an object.
    SectionNotObject = ("P0207", "section_not_object", Error),
    /// A rule set has neither `allow` nor `block`.
    SectionWithoutRules = ("P0208", "section_without_rules", Error),
    /// `allow` is not a list.
    AllowNotList = ("P0209", "allow_not_list", Error),
    /// `block` is not a list.
    BlockNotList = ("P0210", "block_not_list", Error),

    /// A key appears more than once in an object; the last one counts.
    DuplicateKey = ("P0301", "duplicate_key", Warning),
    /// A text holds half of a surrogate pair and equals no id and no method.
    LoneSurrogate = ("P0302", "lone_surrogate", Warning),
    /// A list entry is not a text and matches nothing.
    EntryNotText = ("P0303", "entry_not_text", Warning),
    /// A method is not written in capitals and matches nothing.
    WrongCaseMethod = ("P0304", "wrong_case_method", Warning),
    /// A list entry is no method that Review Board knows.
    UnknownMethod = ("P0305", "unknown_method", Warning),
    /// A rule set allows what is allowed anyway and blocks nothing.
    AllowOnlyRestrictsNothing = ("P0306", "allow_only_restricts_nothing", Warning),
    /// A key has no meaning in this place.
    IgnoredKey = ("P0307", "ignored_key", Warning),
    /// The section of a resource says nothing.
    EmptySection = ("P0308", "empty_section", Hint),
    /// Rules for single ids make the list of their resource fail on the server.
    ListBecomes500 = ("P0309", "list_becomes_500", Warning),
    /// No resource in reach of the rule implements the method.
    NotImplementedMethod = ("P0310", "not_implemented_method", Hint),
    /// The document nests deeper than the server can read.
    NestingTooDeep = ("P0311", "nesting_too_deep", Warning),
    /// The resource is closed to tokens, so that its rules are never asked.
    ClosedResource = ("P0312", "closed_resource", Warning),
    /// A list entry, a rule set or a section that changes no decision.
    WithoutEffect = ("P0313", "without_effect", Hint),
    /// Rules under one policy id change what several resources let through.
    SharedPolicyId = ("P0314", "shared_policy_id", Hint),
    /// A resource is blocked, but resources below it are not.
    ChildLeftOpen = ("P0315", "child_left_open", Warning),
    /// POST alone is blocked, while a POST may act as another method.
    OverridePastPost = ("P0316", "override_past_post", Warning),
    /// What every client reads first is denied, while other requests are allowed.
    ClientsCannotStart = ("P0317", "clients_cannot_start", Warning),
    /// The rules are for an id that no item can have.
    IdNeverMatches = ("P0318", "id_never_matches", Warning),

    /// The document is YAML; only JSON is read.
    YamlText = ("P0401", "yaml_text", Error),
    /// The document does not say that it is OpenAPI.
    NotOpenApi = ("P0402", "not_openapi", Error),
    /// The document is of another version than OpenAPI 3.
    OpenApiVersion = ("P0403", "openapi_version", Error),
    /// The document has no `paths`, or it is not an object.
    PathsMissing = ("P0404", "paths_missing", Error),
    /// No path of the document can become a resource.
    NoUsablePath = ("P0405", "no_usable_path", Error),
    /// The document is no root resource of a server.
    NotRootResource = ("P0406", "not_root_resource", Error),
    /// A path is no template and is left out.
    BadPathTemplate = ("P0411", "bad_path_template", Warning),
    /// Two paths differ in the names of their parameters only and are taken for one.
    SamePathTwice = ("P0412", "same_path_twice", Warning),
    /// A value is of another kind than its place asks for and is ignored.
    WrongShape = ("P0413", "wrong_shape", Warning),
    /// A reference points at nothing.
    ReferenceMissing = ("P0414", "reference_missing", Warning),
    /// References lead back to where they came from, or too far.
    ReferenceCycle = ("P0415", "reference_cycle", Warning),
    /// A reference points into another document, which is not read.
    ReferenceOutside = ("P0416", "reference_outside", Warning),
    /// A path has no methods and is left out.
    PathWithoutMethods = ("P0421", "path_without_methods", Hint),
    /// The id of an item is a parameter about which the document says nothing.
    ParameterNotDeclared = ("P0422", "parameter_not_declared", Hint),
    /// What ids look like is said in a way that is not understood.
    PatternNotUnderstood = ("P0423", "pattern_not_understood", Hint),
    /// A server names a resource of which nothing but the URL is known.
    ResourceNotRecorded = ("P0424", "resource_not_recorded", Hint),
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

/// A code is sent as its id.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
