//! English.

mod access;
mod alarm_count;
mod asked;
pub mod bundle_notes;
mod call_card;
mod call_choice;
mod call_stage;
mod calls;
mod card;
pub mod chart;
mod cli;
mod clock;
mod comfort_plan;
mod console;
mod discharge;
mod due;
mod emergency;
mod evidence;
mod finding_names;
mod given;
mod in_force;
mod labels;
mod limits;
mod missing;
mod names;
mod originals;
mod owed;
mod pin;
mod prompt;
mod protocol_calling;
mod protocol_faults;
mod protocol_page;
mod protocol_warnings;
mod put_off;
mod readings;
mod record;
pub mod record_page;
mod refusal;
mod relief;
pub mod rems;
mod route;
mod screen;
mod self_harm;
mod series;
mod signing;
mod simulation;
mod spoken;
mod spoken_time;
pub mod summary_page;
mod take_over;
mod titles;
mod twin;
mod unavailable;
mod wall_clock;
mod when;

pub use access::{access_line, access_log_broken, no_accesses, not_logged, since_fault};
pub use alarm_count::alarm_lines;
pub use asked::*;
pub use call_card::{call_card, not_read_aloud};
pub use call_choice::{CallCard, MAX_SPOKEN_MS, MAX_SPOKEN_WORDS};
pub use calls::{call_chip, call_just_recorded, call_line, call_state, emergency_line, emergency_mark_line, next_call};
pub use card::*;
pub use cli::{
    EXIT_CODES, SESSION_HEADS, and_more, bare_lines, chain_breaks, chain_holds, damaged, damaged_record,
    exported_damaged, faults_of_config, faults_of_protocol, file_empty, file_holds, line_breaks, no_sessions_yet,
    not_exported, other_protocol, patient_in_list, protocol_holds, rehearsal_kept, session_empty, session_state,
    session_unreadable, unreadable_entry,
};
pub use clock::{
    ClockStyle, clock, clock_with_seconds, date, day, day_and_clock, duration, minutes_ago, part_of_day,
    part_of_day_in, span, t_plus, up_to_minute,
};
pub use comfort_plan::{
    comfort_plan_labels, known_of_plan, not_asked_yet, notes_fault, plan_line, plan_sentence, title_comfort_plan,
    title_note, touch_not_asked, touch_refused, wish_fault,
};
pub use console::*;
pub use discharge::{
    after_lines, baseline_line, for_staff, for_the_patient, no_driving_lines, no_driving_short, no_times, observe_line,
    ready_question, share_left, staircase_caption, staircase_step, staircase_steps,
};
pub use due::{due, lacking, look_due, put_off_to, vitals_due};
pub use emergency::*;
pub use evidence::{
    against_mark, answer_stands, evidence, evidence_short, gate_answer, gate_answer_word, gate_answered, gate_heading,
    gate_item_word, holds_no_more, met_against, met_against_question, missing_count, patient_is_no_clinician,
    record_shows,
};
pub use finding_names::{
    during_name, origin_mark, past_name, reading_name, route_name, scale_name, sign_name, vital_name, vital_unit,
};
pub use given::last_given;
pub use in_force::{
    accept_labels, accept_notes, accepted, accepted_line, newer_protocol, protocol_unread, protocol_unread_why,
    title_accept,
};
pub use labels::*;
pub use limits::{
    limit_fault, limit_fields, limit_hint, limit_label, limit_name, limit_value, limits_changed, limits_line,
    limits_refused, limits_set_line, spoke, title_limits,
};
pub use missing::{close_notes, lines_shown, missing_counted, missing_heading, missing_line};
pub use names::{
    PLACES_NO_CALL, REHEARSAL, away_cause_name, capitalized, comfort_name, deviation_sentence, grade, grade_word,
    leaving_name, mark_name, owed_name, phase_name, priority_mark, priority_name, pump_act_name, pump_state_name,
    reading_short, role_name, vital_short,
};
pub use originals::{Original, originals};
pub use owed::{closing_reasons, correction_reasons, owed, quick_reasons, quick_reasons_for};
pub use pin::*;
pub use prompt::{change_name, cleared_since, done_and_look_again, headline, next_step, settled_lines};
pub use protocol_faults::{fault, fault_line};
pub use protocol_page::protocol_page;
pub use protocol_warnings::warning_line;
pub use put_off::{PUT_OFF_REASONS, gap, no_put_off};
pub use readings::{pressure, reading, reading_cell, readings, temperature};
pub use record::{by_other, event, event_at, is_unconfirmed, row, row_marks, thousandths, vitals_marks};
pub use refusal::{doubt, line_fault, refusal};
pub use relief::{
    BriefLines, absence, brief, brief_just_came, brief_title, relief_labels, signed_on, title_relief, watch_lines,
};
pub use route::{end_label, ended, giving_phase, pump_menu_label, pump_menu_title, start_label, started, visit_word};
pub use screen::*;
pub use self_harm::{
    mentions, more_wait_for_word, self_harm_after_leaving, self_harm_besides, self_harm_brief, self_harm_lines,
    self_harm_source, self_harm_state, stands_until_word,
};
pub use series::*;
pub use signing::{
    Added, addenda_by, author_labels, author_note, just_signed, other_author, record_is_signed, sign_labels,
    sign_notes, signature_line, signature_meaning, signed_figures, signed_row, title_addendum, title_author,
    title_author_pin, title_sign, unknown_author, unknown_signer, unsigned_addenda,
};
pub use simulation::{Asked, AskedWhat, check_name, count_of, lasted_ms, simulation, simulation_stopped};
pub use spoken_time::{spoken_ms, syllables};
pub use take_over::*;
pub use titles::*;
pub use twin::{
    backed_up, copied_broken, found, healed, healed_short, journal_set_aside, journal_set_aside_short, not_healed,
    restored, sessions_put_back, transcript_behind_short, transcripts_again,
};
pub use unavailable::{Unavailable, unavailable};
pub use wall_clock::*;
pub use when::*;
