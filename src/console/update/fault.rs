//! Why what was typed into a form is refused, and which field that is about: the one that the sentence names has the cursor.

/// Why a form is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The field; none where it is about the whole of it.
    pub field: Option<usize>,
    /// The sentence.
    pub said: String,
    /// It is doubted only, and the next Enter takes it as it is.
    pub is_doubt: bool,
}

impl Fault {
    /// What was typed in this field is asked about once.
    pub(super) const fn doubt(field: usize, said: String) -> Self {
        Self { field: Some(field), said, is_doubt: true }
    }
}

impl From<String> for Fault {
    fn from(said: String) -> Self {
        Self { field: None, said, is_doubt: false }
    }
}

/// Says which field a refusal is about.
pub(super) trait InField<T> {
    /// It is about this one.
    fn in_field(self, field: usize) -> Result<T, Fault>;
}

impl<T> InField<T> for Result<T, String> {
    fn in_field(self, field: usize) -> Result<T, Fault> {
        self.map_err(|said| Fault { field: Some(field), said, is_doubt: false })
    }
}
