//! The lock of the session on the screen: held, wanted for as long as the disk does not give it, lost to another console.

use crate::journal::{DataFolder, Holder, LockTrouble, SessionLock, is_free};
use crate::session::SessionId;

/// A lock that the disk has not given yet.
struct Wanted {
    session: SessionId,
    holder: Holder,
    /// It comes in the place of the one from which the session was taken over.
    replaces: bool,
}

/// The lock of the session that this console has, of which there is one at most.
pub(super) struct Locks {
    folder: DataFolder,
    held: Option<(SessionId, SessionLock)>,
    wanted: Option<Wanted>,
}

impl Locks {
    pub(super) const fn new(folder: DataFolder) -> Self {
        Self { folder, held: None, wanted: None }
    }

    /// Takes a session's lock, or says who has it. Where the disk does not give it the record goes on without, for a session must
    /// not wait for that; it is tried again with each `try_again`.
    pub(super) fn take(&mut self, session: SessionId, holder: Holder) -> Result<(), Option<Holder>> {
        // One that was lost, and is not yet replaced, would stand in its own way.
        self.held = None;
        self.get(Wanted { session, holder, replaces: false })
    }

    /// The same for a console that looks on: only a lock that was really got says that the other one has ended.
    pub(super) fn take_if_free(&mut self, session: SessionId, holder: Holder) -> Result<(), Option<Holder>> {
        self.take(session, holder)?;
        if self.wanted.take().is_some() { Err(None) } else { Ok(()) }
    }

    /// Takes the lock of a session that was taken over, which the journal holds already.
    pub(super) fn replace(&mut self, session: SessionId, holder: Holder) -> Result<(), Option<Holder>> {
        self.get(Wanted { session, holder, replaces: true })
    }

    fn get(&mut self, wanted: Wanted) -> Result<(), Option<Holder>> {
        let Wanted { session, ref holder, replaces } = wanted;
        let got = if replaces {
            SessionLock::replace(&self.folder, session, holder)
        } else {
            SessionLock::take(&self.folder, session, holder)
        };
        self.wanted = None;
        match got {
            Ok(lock) => self.held = Some((session, lock)),
            Err(LockTrouble::Held { holder }) => return Err(holder),
            Err(_) => self.wanted = Some(wanted),
        }
        Ok(())
    }

    /// Tries again what the disk did not take. Who has the session, where another console was there first.
    pub(super) fn try_again(&mut self) -> Option<(SessionId, Option<Holder>)> {
        if let Some((_, lock)) = &mut self.held {
            lock.tell();
        }
        let wanted = self.wanted.take()?;
        let session = wanted.session;
        self.get(wanted).err().map(|holder| (session, holder))
    }

    /// Whether nothing keeps other consoles out of the session that this one records.
    pub(super) const fn is_missing(&self) -> bool {
        self.wanted.is_some()
    }

    /// Says who sits, and in which tenure: for whoever finds the session held.
    pub(super) fn say(&mut self, sitter: &str, epoch: u32) {
        if let Some((_, lock)) = &mut self.held {
            lock.say(sitter, epoch);
        }
        if let Some(wanted) = &mut self.wanted {
            sitter.clone_into(&mut wanted.holder.sitter);
            wanted.holder.epoch = epoch;
        }
    }

    /// Who has put another lock in the place of this console's, where somebody has: then it holds none any more.
    pub(super) fn taken(&mut self) -> Option<(SessionId, Option<Holder>)> {
        let taken = self.held.as_ref().and_then(|(session, lock)| Some((*session, lock.taken_by()?)))?;
        self.held = None;
        Some(taken)
    }

    /// Lets the lock go.
    pub(super) fn release(&mut self) {
        (self.held, self.wanted) = (None, None);
    }

    /// Whether nobody holds a session, as far as can be seen.
    pub(super) fn is_free(&self, session: SessionId) -> bool {
        is_free(&self.folder, session) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn holder(sitter: &str, epoch: u32) -> Holder {
        Holder { epoch, ..Holder::this_process(sitter, 5) }
    }

    /// A folder in which the lock of a take-over by this process cannot be made, until what stands in its way is gone.
    fn blocked() -> (tempfile::TempDir, DataFolder, SessionId, std::path::PathBuf) {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        let session = SessionId::from_u128(1);
        let in_the_way = folder.locks().join(format!("{session}.{}.part", std::process::id()));
        fs::create_dir_all(&in_the_way).unwrap();
        (base, folder, session, in_the_way)
    }

    #[test]
    fn a_lock_that_the_disk_does_not_give_is_tried_until_it_does_and_then_tells_the_old_console() {
        let (_base, folder, session, in_the_way) = blocked();
        let mut old = Locks::new(folder.clone());
        old.take(session, holder("A", 1)).unwrap();
        let mut new = Locks::new(folder);
        new.replace(session, holder("B", 2)).unwrap();
        assert!(new.is_missing());
        new.say("B2", 2);
        assert_eq!((new.try_again(), old.taken()), (None, None));
        assert!(new.is_missing() && !new.is_free(session), "the old one has its lock still");
        fs::remove_dir(in_the_way).unwrap();
        assert_eq!(new.try_again(), None);
        assert!(!new.is_missing());
        assert_eq!(old.taken(), Some((session, Some(holder("B2", 2)))));
        new.release();
        assert!(old.is_free(session));
    }

    #[test]
    fn whoever_found_the_session_free_meanwhile_has_it() {
        let (_base, folder, session, in_the_way) = blocked();
        let mut new = Locks::new(folder.clone());
        new.replace(session, holder("B", 2)).unwrap();
        // It was read from the journal after the take-over: it is of the same tenure.
        let mut third = Locks::new(folder);
        third.take(session, holder("C", 0)).unwrap();
        third.say("C", 2);
        fs::remove_dir(in_the_way).unwrap();
        assert_eq!(new.try_again(), Some((session, Some(holder("C", 2)))));
        assert!(!new.is_missing());
        assert_eq!(third.taken(), None);
        // Once that one has ended, its tenure keeps nobody out.
        drop(third);
        new.replace(session, holder("B", 2)).unwrap();
        assert!(!new.is_missing());
    }

    #[test]
    fn whoever_looks_on_records_only_with_a_lock_that_was_got() {
        let (_base, folder, session, _) = blocked();
        let in_the_way = folder.locks().join(format!("{session}.lock"));
        fs::create_dir(&in_the_way).unwrap();
        let mut looks_on = Locks::new(folder);
        assert_eq!(looks_on.take_if_free(session, holder("B", 0)), Err(None));
        assert!(!looks_on.is_missing(), "it wants none");
        fs::remove_dir(in_the_way).unwrap();
        assert_eq!((looks_on.try_again(), looks_on.take_if_free(session, holder("B", 0))), (None, Ok(())));
        assert!(!looks_on.is_free(session));
    }

    #[test]
    fn a_lock_that_was_lost_and_not_replaced_does_not_stand_in_its_own_way() {
        let (_base, folder, session, _) = blocked();
        let mut only = Locks::new(folder);
        only.take(session, holder("A", 1)).unwrap();
        only.take(session, holder("A", 1)).unwrap();
        assert!(!only.is_free(session));
    }
}
