//! Reads calls strictly: a field that nobody knows is an error at any depth.
//!
//! `serde_wasm_bindgen` asks an object only for the fields that it should have, so that `deny_unknown_fields` never
//! sees the others. A misspelled `itemId` would then ask about the whole list, and be answered.

use js_sys::{Object, Reflect};
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_wasm_bindgen::Error;
use wasm_bindgen::{JsCast as _, JsValue};

/// Decodes a call. What stands inside an array is read by `serde_wasm_bindgen` alone.
pub(crate) fn strictly<C: DeserializeOwned>(call: JsValue) -> Result<C, Error> {
    C::deserialize(Strict(call))
}

struct Strict(JsValue);

impl Strict {
    fn inner(self) -> serde_wasm_bindgen::Deserializer {
        self.0.into()
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.inner().deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_undefined() || self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(object) = self.0.dyn_ref::<Object>() else {
            return self.inner().deserialize_struct(name, fields, visitor);
        };
        let names = Object::keys(object).iter().filter_map(|name| name.as_string()).collect::<Vec<_>>();
        let values = names.iter().map(|name| Reflect::get(object, &JsValue::from_str(name)).map(Strict));
        let values = values.collect::<Result<Vec<_>, _>>().map_err(Error::from)?;
        visitor.visit_map(MapDeserializer::new(names.into_iter().zip(values)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
