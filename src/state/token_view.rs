//! Tokens and their powers as they are shown.

use tollgate_policy::{Catalog, CompiledPolicy, MethodPower, Policy, power};
use tollgate_tokens::{GeneratorRegistry, Timestamp, Token, TokenStatus, TokenUid, iso};

use super::matrix::{METHODS, MatrixLine, lines};
use crate::format;

/// What a policy means, in words, counts and a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyMeaning {
    /// What it allows, as a sentence.
    pub sentence: String,
    /// How many operations it allows.
    pub allowed: usize,
    /// How many operations a token can reach at all.
    pub total: usize,
    /// The share of GET, POST, PUT and DELETE that is allowed, 0 to 1.
    pub shares: [f32; 4],
    /// The matrix: resources that differ from one another, the alike ones folded into one line.
    pub lines: Vec<MatrixLine>,
}

impl PolicyMeaning {
    /// What a stored policy means; `None` when the service would refuse it.
    #[must_use]
    pub fn of_stored(text: &str) -> Option<Self> {
        tollgate_policy::check(text, Catalog::review_board_8_1()).policy().map(|policy| Self::of(&policy))
    }

    /// What a policy means on Review Board 8.1.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let power = power(&CompiledPolicy::new(policy), Catalog::review_board_8_1());
        let per_method = power.per_method();
        Self {
            sentence: power.sentence(),
            allowed: power.allowed_operations(),
            total: power.total_operations(),
            shares: METHODS.map(|method| share(&per_method, method)),
            lines: lines(&power),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a bar's height needs no more")]
fn share(per_method: &[MethodPower<'_>], method: &str) -> f32 {
    let found = per_method.iter().find(|power| power.method == method);
    found.filter(|power| power.total > 0).map_or(0.0, |power| power.allowed as f32 / power.total as f32)
}

/// One token as a row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenRow {
    /// The token.
    pub uid: TokenUid,
    /// Its number.
    pub number: u64,
    /// Its status.
    pub status: TokenStatus,
    /// Its owner.
    pub owner: String,
    /// Its Local Site, or `all` for a global token.
    pub site: String,
    /// Its note, or words that say that there is none.
    pub note: String,
    /// What its policy means; `None` when the service would refuse the policy.
    pub meaning: Option<std::sync::Arc<PolicyMeaning>>,
    /// The last use: machine-readable, relative, exact; `None` when it was never used.
    pub last_used: Option<(String, String, String)>,
    /// The expiry: machine-readable, relative, exact; `None` when it never expires.
    pub expires: Option<(String, String, String)>,
    /// Whether its format is deprecated.
    pub is_deprecated: bool,
}

/// An instant as it is shown: machine-readable, relative, exact.
#[must_use]
pub fn moment(instant: Timestamp, now: Timestamp) -> (String, String, String) {
    (iso(&instant), format::relative(instant, now), format::exact(instant))
}

/// The row of a token.
#[must_use]
pub fn token_row(
    token: &Token,
    meaning: Option<std::sync::Arc<PolicyMeaning>>,
    registry: &GeneratorRegistry,
    now: Timestamp,
) -> TokenRow {
    TokenRow {
        uid: token.uid,
        number: token.number,
        status: token.status_at(now),
        owner: token.owner.to_string(),
        site: token.local_site.as_ref().map_or_else(|| "all".to_owned(), ToString::to_string),
        note: if token.note.is_empty() { format!("token {}", token.number) } else { token.note.clone() },
        meaning,
        last_used: token.last_used.map(|instant| moment(instant, now)),
        expires: token.expires.map(|instant| moment(instant, now)),
        is_deprecated: token.is_deprecated(registry),
    }
}

impl PolicyMeaning {
    /// A few words for a row of a list.
    #[must_use]
    pub fn short(&self) -> String {
        let [get, post, put, delete] = self.shares;
        let is = |share: f32, value: f32| (share - value).abs() < 0.001;
        let writes = [post, put, delete];
        if self.allowed == self.total {
            "Everything".to_owned()
        } else if self.allowed == 0 {
            "Nothing".to_owned()
        } else if writes.iter().all(|share| is(*share, 0.0)) {
            if is(get, 1.0) { "Read everything".to_owned() } else { format!("Read {} operations", self.allowed) }
        } else if is(get, 1.0) {
            format!("Read all, {} of {} writes", self.writes_allowed(), self.writes_total())
        } else {
            format!("{} of {} operations", self.allowed, self.total)
        }
    }

    fn writes_allowed(&self) -> usize {
        self.lines.iter().flat_map(|line| line.cells.iter().skip(1)).map(|cell| cell.allowed).sum()
    }

    fn writes_total(&self) -> usize {
        self.lines.iter().flat_map(|line| line.cells.iter().skip(1)).map(|cell| cell.total).sum()
    }
}
