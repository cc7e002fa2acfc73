//! Percent-encoding, as URLs use it.

/// Decodes `%41`; what is no escape, or no UTF-8 once decoded, stays as it is.
pub(super) fn decode(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = if *first == b'%' { after.split_at_checked(2) } else { None };
        let value = escaped.and_then(|(digits, _)| hexadecimal(digits));
        match (value, escaped) {
            (Some(value), Some((_, after_digits))) => {
                bytes.push(value);
                rest = after_digits;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let mut value = 0;
    for digit in digits {
        value = value * 16 + u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decode("o%27brien"), "o'brien");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%C3%A9"), "%zzé");
        assert_eq!(decode("%ff"), "%ff");
    }
}
