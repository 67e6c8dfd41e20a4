//! The fingerprint of a protocol: SHA-256 over the file's bytes, so that a session can prove what it was run by.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 of `text`, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn agrees_with_the_published_test_vectors() {
        assert_eq!(fingerprint(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(fingerprint("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
