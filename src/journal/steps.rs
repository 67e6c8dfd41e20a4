//! The steps from each form of the tables to the next. One is never changed once it was released; a new one comes last.

use rusqlite::Connection;

/// From one form to the next.
pub(super) struct Step {
    /// What is added.
    pub adds: &'static str,
    /// The same as temporary views, for reading a journal that may not be written and has not taken the step.
    pub stands_in: &'static str,
    /// What SQL cannot say of the entries that are there: put into what was added, or stands in for it.
    pub fills: fn(&Connection) -> rusqlite::Result<()>,
}

/// The steps, from form 1 on.
pub(super) const STEPS: &[Step] = &[SIGNATURES_AND_ACCESS, VISITS, WHAT_STANDS];

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
    fills: |_| Ok(()),
};

/// Form 3. `visit` says whose each session is, for the question which others are of the same patient: a first choice only,
/// for `lower` knows no letters but A to Z. `check_back` holds the visits after which somebody is still to be asked. Both come again when a session is healed.
const VISITS: Step = Step {
    adds: "
CREATE TABLE visit (
    session BLOB NOT NULL PRIMARY KEY,
    patient TEXT NOT NULL,
    code    TEXT,
    born    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_patient ON visit (patient);
CREATE INDEX visit_code ON visit (code) WHERE code IS NOT NULL;
CREATE INDEX visit_born ON visit (born) WHERE born IS NOT NULL;
INSERT INTO visit (session, patient)
    SELECT session, lower(trim(coalesce(json_extract(CAST(line AS TEXT), '$.event.patient'), '')))
    FROM entry WHERE kind = 'session_opened' AND json_valid(CAST(line AS TEXT));
UPDATE visit SET
    patient = lower(trim(coalesce(json_extract(CAST(d.line AS TEXT), '$.event.patient'), ''))),
    code = lower(trim(json_extract(CAST(d.line AS TEXT), '$.event.code'))),
    born = json_extract(CAST(d.line AS TEXT), '$.event.born')
    FROM (SELECT session, max(seq) AS seq FROM entry
          WHERE kind = 'patient_described' AND json_valid(CAST(line AS TEXT)) GROUP BY session) AS last
    JOIN entry AS d ON d.session = last.session AND d.seq = last.seq
    WHERE visit.session = last.session;

CREATE TABLE check_back (
    session  BLOB    NOT NULL PRIMARY KEY,
    left_seq INTEGER NOT NULL,
    due_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX check_back_due_at ON check_back (due_at);

CREATE TRIGGER visit_begins AFTER INSERT ON entry WHEN NEW.kind = 'session_opened' BEGIN
    DELETE FROM visit WHERE session = NEW.session;
    INSERT INTO visit (session, patient)
        VALUES (NEW.session, lower(trim(coalesce(json_extract(CAST(NEW.line AS TEXT), '$.event.patient'), ''))));
END;
CREATE TRIGGER visit_is_described AFTER INSERT ON entry WHEN NEW.kind = 'patient_described' BEGIN
    UPDATE visit SET
        patient = lower(trim(coalesce(json_extract(CAST(NEW.line AS TEXT), '$.event.patient'), ''))),
        code = lower(trim(json_extract(CAST(NEW.line AS TEXT), '$.event.code'))),
        born = json_extract(CAST(NEW.line AS TEXT), '$.event.born')
        WHERE session = NEW.session;
END;
CREATE TRIGGER check_back_begins AFTER INSERT ON entry
    WHEN NEW.kind = 'patient_left' AND json_extract(CAST(NEW.line AS TEXT), '$.event.check_back_at') IS NOT NULL BEGIN
    DELETE FROM check_back WHERE session = NEW.session;
    INSERT INTO check_back (session, left_seq, due_at)
        VALUES (NEW.session, NEW.seq, json_extract(CAST(NEW.line AS TEXT), '$.event.check_back_at'));
END;
CREATE TRIGGER check_back_ends AFTER INSERT ON entry
    WHEN NEW.kind = 'checked_back' AND json_extract(CAST(NEW.line AS TEXT), '$.event.reached') BEGIN
    DELETE FROM check_back WHERE session = NEW.session;
END;
CREATE TRIGGER check_back_is_withdrawn AFTER INSERT ON entry WHEN NEW.kind = 'entry_withdrawn' BEGIN
    DELETE FROM check_back WHERE session = NEW.session
        AND left_seq = json_extract(CAST(NEW.line AS TEXT), '$.event.about');
END;
",
    stands_in: "
CREATE TEMP VIEW visit AS
    SELECT o.session AS session,
           lower(trim(coalesce(json_extract(CAST(coalesce(d.line, o.line) AS TEXT), '$.event.patient'), ''))) AS patient,
           lower(trim(json_extract(CAST(d.line AS TEXT), '$.event.code'))) AS code,
           json_extract(CAST(d.line AS TEXT), '$.event.born') AS born
    FROM entry AS o
    LEFT JOIN (SELECT session, max(seq) AS seq FROM entry WHERE kind = 'patient_described' GROUP BY session) AS last
         ON last.session = o.session
    LEFT JOIN entry AS d ON d.session = last.session AND d.seq = last.seq
    WHERE o.kind = 'session_opened';
CREATE TEMP VIEW check_back AS SELECT NULL AS session, NULL AS left_seq, NULL AS due_at WHERE 0;
",
    fills: |_| Ok(()),
};

/// Form 4. `self_harm` holds each entry that speaks of thoughts of self-harm, and whether no clinician's word on it is recorded:
/// the first screen shows such a session however long ago it was. No trigger keeps it, for each one stands in the way of every
/// entry to the disk: whoever stores entries does (`what_stands.rs`). The day after moves with an amended leaving, and one that
/// was asked is not due again.
const WHAT_STANDS: Step = Step {
    adds: "
CREATE TABLE self_harm (
    session  BLOB    NOT NULL,
    seq      INTEGER NOT NULL,
    standing INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX self_harm_standing ON self_harm (session) WHERE standing;

DROP TRIGGER check_back_begins;
CREATE TRIGGER check_back_begins AFTER INSERT ON entry
    WHEN NEW.kind = 'patient_left' AND json_extract(CAST(NEW.line AS TEXT), '$.event.check_back_at') IS NOT NULL BEGIN
    DELETE FROM check_back WHERE session = NEW.session;
    INSERT INTO check_back (session, left_seq, due_at)
        SELECT NEW.session, NEW.seq, json_extract(CAST(NEW.line AS TEXT), '$.event.check_back_at')
        WHERE NOT EXISTS (SELECT 1 FROM entry WHERE session = NEW.session AND kind = 'checked_back'
            -- A damaged line says nothing, and keeps nothing from being stored.
            AND CASE WHEN json_valid(CAST(line AS TEXT)) THEN json_extract(CAST(line AS TEXT), '$.event.reached') END);
END;
CREATE TRIGGER check_back_is_amended AFTER INSERT ON entry
    WHEN NEW.kind = 'entry_amended'
        AND json_extract(CAST(NEW.line AS TEXT), '$.event.event.kind') IS 'patient_left' BEGIN
    DELETE FROM check_back WHERE session = NEW.session;
    INSERT INTO check_back (session, left_seq, due_at)
        SELECT NEW.session, json_extract(CAST(NEW.line AS TEXT), '$.event.about'),
               json_extract(CAST(NEW.line AS TEXT), '$.event.event.check_back_at')
        WHERE json_extract(CAST(NEW.line AS TEXT), '$.event.event.check_back_at') IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM entry WHERE session = NEW.session AND kind = 'checked_back'
                AND CASE WHEN json_valid(CAST(line AS TEXT)) THEN json_extract(CAST(line AS TEXT), '$.event.reached') END);
END;
",
    stands_in: "
CREATE TEMP TABLE self_harm (session BLOB NOT NULL, seq INTEGER NOT NULL, standing INTEGER NOT NULL, PRIMARY KEY (session, seq));
",
    fills: super::what_stands::fill,
};
