//! The one way to localStorage: where it is missing or refused, the caller gets the reason instead of an exception.

use web_sys::Storage;

use crate::cause::Cause;

/// The page's localStorage.
pub(crate) fn local_storage() -> Result<Storage, Cause> {
    let window = web_sys::window().ok_or_else(|| Cause::new("", "there is no window here"))?;
    match window.local_storage() {
        Ok(Some(storage)) => Ok(storage),
        Ok(None) => Err(Cause::new("", "this browser has no localStorage")),
        Err(thrown) => Err(Cause::of(&thrown)),
    }
}

/// Every key that starts with a prefix, without that prefix, in no order. Linear in the number of all keys.
pub(crate) fn keys_after(storage: &Storage, prefix: &str) -> Result<Vec<String>, Cause> {
    let length = storage.length().map_err(|thrown| Cause::of(&thrown))?;
    let mut found = Vec::new();
    for index in 0..length {
        let key = storage.key(index).map_err(|thrown| Cause::of(&thrown))?;
        found.extend(key.as_deref().and_then(|key| key.strip_prefix(prefix)).map(str::to_owned));
    }
    Ok(found)
}
