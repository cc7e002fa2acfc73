//! The three kinds of names a policy speaks of.
//!
//! None of them has rules of spelling in the language: any text may stand in each place, and texts are compared
//! exactly. The types keep them from being mixed up.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(Arc::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> $name {
                $name(Arc::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                String::deserialize(deserializer).map($name::from)
            }
        }
    };
}

text_id! {
    /// The id under which policies speak of a resource, such as `review_request`; cheap to clone.
    PolicyId
}

text_id! {
    /// The id of one item of a resource as it stands in a URL, such as `42` or `admin`; cheap to clone.
    ItemId
}

text_id! {
    /// An HTTP method as written in a rule or a request; upper and lower case differ; cheap to clone.
    Method
}

impl Method {
    /// The methods that Review Board knows; the last three of them no resource implements.
    pub const KNOWN: [&'static str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];

    /// The list entry that stands for every method.
    pub const ANY: &'static str = "*";

    /// Whether Review Board knows this method, in this very spelling.
    ///
    /// ```
    /// use tollgate_policy::Method;
    ///
    /// assert!(Method::from("GET").is_known());
    /// assert!(!Method::from("get").is_known());
    /// ```
    pub fn is_known(&self) -> bool {
        Method::KNOWN.contains(&self.as_str())
    }
}
