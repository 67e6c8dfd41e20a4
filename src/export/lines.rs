//! The stored lines themselves: each with its exact bytes and a line feed after it, nothing else. The SHA-256 of a line without
//! its line feed is the `prev_hash` of the next.

/// The lines of a record, as they are stored, whole or not.
#[must_use]
pub fn jsonl<I>(lines: I) -> Vec<u8>
where
    I: IntoIterator,
    I::Item: AsRef<[u8]>,
{
    lines.into_iter().fold(Vec::new(), |mut out, line| {
        out.extend_from_slice(line.as_ref());
        out.push(b'\n');
        out
    })
}
