//! A resource as the built-in table writes it: without anything that must be allocated.

use std::borrow::Cow;

use super::resource::{Access, Origin, Resource};

/// One recorded resource; the fields are those of [`Resource`].
#[derive(Debug)]
pub(super) struct Row {
    pub(super) policy_id: &'static str,
    pub(super) name: &'static str,
    pub(super) name_plural: &'static str,
    pub(super) module: &'static str,
    pub(super) parent: Option<&'static str>,
    pub(super) list_uri: Option<&'static str>,
    pub(super) item_uri: Option<&'static str>,
    pub(super) item_key: Option<&'static str>,
    pub(super) item_id_pattern: Option<&'static str>,
    pub(super) methods: &'static [&'static str],
    pub(super) is_singleton: bool,
    pub(super) token_access: Access,
}

impl Row {
    pub(super) fn to_resource(&self) -> Resource {
        Resource {
            policy_id: Cow::Borrowed(self.policy_id),
            name: Cow::Borrowed(self.name),
            name_plural: Cow::Borrowed(self.name_plural),
            module: Cow::Borrowed(self.module),
            parent: self.parent.map(Cow::Borrowed),
            list_uri: self.list_uri.map(Cow::Borrowed),
            item_uri: self.item_uri.map(Cow::Borrowed),
            item_key: self.item_key.map(Cow::Borrowed),
            item_id_pattern: self.item_id_pattern.map(Cow::Borrowed),
            methods: self.methods.iter().copied().map(Cow::Borrowed).collect(),
            methods_apart: None,
            is_singleton: self.is_singleton,
            token_access: self.token_access,
            summary: None,
            origin: Origin::Recorded,
        }
    }
}
