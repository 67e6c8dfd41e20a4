//! The steps from each form of the tables to the next. One is never changed once it was released; a new one comes last.

/// From one form to the next.
pub(super) struct Step {
    /// What is added.
    pub adds: &'static str,
    /// The same as temporary views, for reading a journal that may not be written and has not taken the step.
    pub stands_in: &'static str,
}

/// The steps, from form 1 on.
pub(super) const STEPS: &[Step] = &[SIGNATURES_AND_ACCESS];

/// Form 2. `signature` holds each signature of a session outside its entries: a tail that was cut off with its signature is
/// missed. `access` says who looked at what: append-only, each line chained to the one before.
const SIGNATURES_AND_ACCESS: Step = Step {
    adds: "
CREATE TABLE signature (
    session BLOB    NOT NULL,
    seq     INTEGER NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO signature SELECT session, seq, hash FROM entry WHERE kind = 'session_signed';

CREATE TRIGGER signature_never_changes BEFORE UPDATE ON signature BEGIN
    SELECT RAISE(ABORT, 'signatures are never changed');
END;
CREATE TRIGGER signature_never_goes BEFORE DELETE ON signature BEGIN
    SELECT RAISE(ABORT, 'signatures are never deleted');
END;
CREATE TRIGGER session_is_signed AFTER INSERT ON entry WHEN NEW.kind = 'session_signed' BEGIN
    -- Healing may bring back an entry whose signature was never lost.
    INSERT OR IGNORE INTO signature (session, seq, hash) VALUES (NEW.session, NEW.seq, NEW.hash);
END;

CREATE TABLE access (
    seq  INTEGER PRIMARY KEY,
    line BLOB    NOT NULL,
    hash BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER access_never_changes BEFORE UPDATE ON access BEGIN
    SELECT RAISE(ABORT, 'the access log is never changed');
END;
CREATE TRIGGER access_never_goes BEFORE DELETE ON access BEGIN
    SELECT RAISE(ABORT, 'the access log is never deleted');
END;
CREATE TRIGGER access_follows BEFORE INSERT ON access BEGIN
    SELECT RAISE(ABORT, 'it is not the next line of the access log')
        WHERE NEW.seq IS NOT 1 + coalesce((SELECT max(seq) FROM access), 0);
    SELECT RAISE(ABORT, 'it does not follow from the line before')
        WHERE json_extract(CAST(NEW.line AS TEXT), '$.prev_hash') IS NOT coalesce(
            (SELECT lower(hex(hash)) FROM access WHERE seq = NEW.seq - 1),
            '0000000000000000000000000000000000000000000000000000000000000000');
END;
",
    stands_in: "
CREATE TEMP VIEW signature AS SELECT session, seq, hash FROM entry WHERE kind = 'session_signed';
CREATE TEMP VIEW access AS SELECT NULL AS seq, NULL AS line, NULL AS hash WHERE 0;
",
};
