//! A terminal window with the program in it: a pseudo-terminal, a shell that stays when the program ends, and a model of
//! the screen. Waiting is always for something, with a deadline; nothing here measures time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::place::{BEDSIDE, Place};

/// No test waits longer for anything.
const DEADLINE: Duration = Duration::from_secs(20);
/// Between two looks at something that cannot tell by itself.
const LOOK: Duration = Duration::from_millis(10);

/// The shell stays as the terminal's owner, so that the system does not put the terminal right in the program's place.
pub(super) const STAYING: &str = "\"$@\"; echo \"ended $?\"; read -r closed";
/// The program is the terminal's owner.
pub(super) const ALONE: &str = "exec \"$@\"";

/// What has come from the terminal so far.
struct Seen {
    model: vt100::Parser,
    raw: Vec<u8>,
    /// The first process in the window has ended.
    ended: bool,
    /// Nobody reads any more.
    closing: bool,
}

/// How to open a window.
pub(super) struct How {
    pub(super) size: (u16, u16),
    pub(super) env: Vec<(&'static str, String)>,
    pub(super) shell: String,
    pub(super) args: Vec<&'static str>,
}

impl Default for How {
    fn default() -> Self {
        let env = vec![("TERM", "xterm-256color".to_owned())];
        Self { size: (120, 36), env, shell: STAYING.to_owned(), args: Vec::new() }
    }
}

/// A window.
pub(super) struct Window {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    owner: Pid,
    pid_file: PathBuf,
    settings_before: String,
}

impl Window {
    /// Opens a window on a data folder.
    pub(super) fn open(place: &Place) -> Self {
        Self::open_as(place, &How::default())
    }

    pub(super) fn open_as(place: &Place, how: &How) -> Self {
        let (columns, rows) = how.size;
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let settings_before = format!("{:?}", pair.master.get_termios());
        let pid_file = tempfile::Builder::new().tempfile_in(place.file("")).unwrap().into_temp_path().to_path_buf();
        let mut command = CommandBuilder::new("sh");
        command.env_clear();
        command.env("HOME", place.file(""));
        command.env("BEDSIDE_DATA_DIR", place.data());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in &how.env {
            command.env(name, value);
        }
        command.args(["-c", &how.shell, "sh", "sh", "-c", "echo $$ >\"$1\"; shift; exec \"$@\"", "sh"]);
        command.arg(&pid_file);
        command.arg(BEDSIDE);
        command.args(&how.args);
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let model = vt100::Parser::new(wide(rows), wide(columns), 0);
        let seen =
            Arc::new((Mutex::new(Seen { model, raw: Vec::new(), ended: false, closing: false }), Condvar::new()));
        let (reading, mut output) = (Arc::clone(&seen), pair.master.try_clone_reader().unwrap());
        let reader = std::thread::spawn(move || read(&mut output, &reading));
        let owner = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let waiting = Arc::clone(&seen);
        std::thread::spawn(move || {
            let _ = child.wait();
            lock(&waiting.0).ended = true;
            waiting.1.notify_all();
        });
        let keys = Some(pair.master.take_writer().unwrap());
        Self { seen, master: Some(pair.master), keys, reader: Some(reader), owner, pid_file, settings_before }
    }

    /// Waits until the screen and what came before hold something.
    fn until(&self, what: &str, holds: impl Fn(&Seen) -> bool) {
        let (seen, waited) = self.seen.1.wait_timeout_while(lock(&self.seen.0), DEADLINE, |seen| !holds(seen)).unwrap();
        assert!(!waited.timed_out(), "waited for {what}; the screen:\n{}", seen.model.screen().contents());
    }

    /// Waits until something is so that the terminal does not tell.
    pub(super) fn until_it_is_so(&self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..DEADLINE.as_millis() / LOOK.as_millis() {
            if is_so() {
                return;
            }
            drop(self.seen.1.wait_timeout(lock(&self.seen.0), LOOK).unwrap());
        }
        panic!("waited for {what}; the screen:\n{}", self.screen());
    }

    /// Waits until the screen shows a text.
    pub(super) fn shows(&self, text: &str) -> &Self {
        self.until(&format!("\"{text}\""), |seen| seen.model.screen().contents().contains(text));
        self
    }

    /// Waits until the screen no longer shows a text.
    pub(super) fn no_longer_shows(&self, text: &str) -> &Self {
        self.until(&format!("\"{text}\" to go"), |seen| !seen.model.screen().contents().contains(text));
        self
    }

    /// Whether the screen shows a text within a moment: for keys that may have to be pressed again.
    pub(super) fn shows_soon(&self, text: &str) -> bool {
        let absent = |seen: &mut Seen| !seen.model.screen().contents().contains(text);
        !self.seen.1.wait_timeout_while(lock(&self.seen.0), 50 * LOOK, absent).unwrap().1.timed_out()
    }

    /// The screen as text.
    pub(super) fn screen(&self) -> String {
        lock(&self.seen.0).model.screen().contents()
    }

    /// Everything that has come from the terminal.
    pub(super) fn raw(&self) -> String {
        String::from_utf8_lossy(&lock(&self.seen.0).raw).into_owned()
    }

    /// Presses keys, all at once.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        let to = self.keys.as_mut().expect("an open window");
        to.write_all(keys.as_bytes()).and_then(|()| to.flush()).unwrap();
        self
    }

    /// Opens a session for Ana Ruiz, by Jo Doe, and waits until it is saved.
    pub(super) fn open_session(&mut self) -> &mut Self {
        self.shows("new session");
        self.press("n").shows("Patient");
        self.press("Ana Ruiz\tJo Doe\r").shows("Ana R.").shows("#1 ");
        self
    }

    /// Draws the window to another size.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        lock(&self.seen.0).model.screen_mut().set_size(wide(rows), wide(columns));
        self.master.as_ref().expect("an open window").resize(size(columns, rows)).unwrap();
    }

    /// The program's process.
    pub(super) fn pid(&self) -> Pid {
        let read = || std::fs::read_to_string(&self.pid_file).unwrap_or_default().trim().parse().ok();
        self.until_it_is_so("the program's number", || read().is_some());
        read().and_then(Pid::from_raw).unwrap()
    }

    pub(super) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The letter of the program's state: `S` sleeping, `T` stopped, nothing once it is gone.
    pub(super) fn state(&self) -> Option<char> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).ok()?;
        stat.rsplit_once(") ")?.1.chars().next()
    }

    /// Waits until the program has ended with a code, in a window whose shell stays.
    pub(super) fn ends(&self, code: u8) {
        self.shows(&format!("ended {code}"));
    }

    /// Waits until the first process in the window has ended.
    pub(super) fn is_over(&self) {
        self.until("the end", |seen| seen.ended);
    }

    /// The terminal was taken, and is now as it was before.
    pub(super) fn is_as_before(&self) {
        let seen = lock(&self.seen.0);
        let (screen, raw) = (seen.model.screen(), String::from_utf8_lossy(&seen.raw));
        for (taken, given_back) in
            [("?1049h", "?1049l"), ("?1000h", "?1000l"), ("?1006h", "?1006l"), ("?2004h", "?2004l"), ("?25l", "?25h")]
        {
            let last = |sequence: &str| raw.rfind(&format!("\x1b[{sequence}"));
            assert!(last(taken).is_some(), "{taken} was never sent");
            assert!(last(given_back) > last(taken), "{given_back} is missing after {taken}");
        }
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let settings = self.master.as_ref().expect("an open window").get_termios();
        assert_eq!(format!("{settings:?}"), self.settings_before, "the line's settings");
    }

    /// Closes the window: nobody holds the other end of the terminal any more.
    pub(super) fn close(&mut self) {
        lock(&self.seen.0).closing = true;
        // The reader wakes with the next thing that is drawn.
        self.press("?");
        self.reader.take().expect("an open window").join().unwrap();
        self.keys = None;
        self.master = None;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // Whatever a failed test leaves behind: the program first, then the shell that would report its end.
        let program = std::fs::read_to_string(&self.pid_file).ok().and_then(|pid| pid.trim().parse().ok());
        for process in [program.and_then(Pid::from_raw), Some(self.owner)].into_iter().flatten() {
            if !lock(&self.seen.0).ended {
                let _ = kill_process(process, Signal::KILL);
            }
        }
    }
}

fn read(output: &mut impl Read, seen: &(Mutex<Seen>, Condvar)) {
    let mut buffer = [0; 8192];
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        let mut now = lock(&seen.0);
        now.model.process(&buffer[..count]);
        now.raw.extend_from_slice(&buffer[..count]);
        seen.1.notify_all();
        if now.closing {
            return;
        }
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    // A test that failed while it held the lock has said so already.
    seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn wide(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}
