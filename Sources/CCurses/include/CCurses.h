// The one door to curses: plain integers in, plain integers out, so that nothing of <curses.h> (macros,
// mutable globals, a WINDOW that is a struct here and opaque there) ever reaches Swift.
//
// All of it belongs to the main thread. One terminal at a time.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// What ccurses_open answers.
enum { CCURSES_OPENED, CCURSES_NO_TERMINAL, CCURSES_UNUSABLE };

// Takes the terminal: alternate screen, raw keys, bracketed paste, the mouse if asked. Handles SIGWINCH,
// SIGTSTP, SIGCONT, SIGINT, SIGTERM and SIGHUP from here on, and keeps stderr out of the screen.
int32_t ccurses_open(bool mouse, bool colour);
// Returns whether TERM names a terminal that can place text; changes nothing.
bool ccurses_usable(void);
// Gives the terminal back as it was, with what was written to stderr. Does nothing when it is not taken.
void ccurses_close(void);

int32_t ccurses_rows(void);
int32_t ccurses_columns(void);
// Asks the terminal for its size and takes it over. What it shows then counts as unknown, also where the size is the
// one it had: it may have been another for a moment.
void ccurses_sync_size(void);
// The number of colours; 0 when there are none or none are wanted.
int32_t ccurses_colours(void);

enum { CCURSES_BOLD = 1, CCURSES_DIM = 2, CCURSES_REVERSE = 4, CCURSES_UNDERLINE = 8 };

// Returns the columns of a scalar as this C library has it, or -1; needs the locale that ccurses_open sets.
int32_t ccurses_width(uint32_t scalar);
// Sets the locale's character set to UTF-8; returns whether there is one.
bool ccurses_use_utf8(void);
// Whether neither the locale nor the kind of terminal promises more than ASCII; known once it is open.
bool ccurses_ascii_only(void);
// Writes scalars of one style; a colour of -1 is the terminal's own. Writes nothing and returns false when
// they would not take just `columns`.
bool ccurses_put(int32_t row, int32_t column, const uint32_t *scalars, int32_t count, int32_t columns,
                 int32_t attributes, int32_t foreground, int32_t background);
void ccurses_erase(void);
// Sends what changed and puts the cursor somewhere; a negative row hides it.
void ccurses_show(int32_t row, int32_t column);
// Asks for the mouse, or leaves it to the terminal; also while the terminal is given away, for later.
void ccurses_set_mouse(bool on);
void ccurses_bell(void);
void ccurses_flash(void);

// Kinds of input; the value of CHARACTER and ALT is a scalar, of KEY one of the names below.
enum {
  CCURSES_NONE, CCURSES_CHARACTER, CCURSES_ALT, CCURSES_KEY, CCURSES_PASTE_BEGIN, CCURSES_PASTE_END,
  CCURSES_MOUSE_PRESS, CCURSES_MOUSE_RELEASE, CCURSES_MOUSE_WHEEL_UP, CCURSES_MOUSE_WHEEL_DOWN,
  CCURSES_MOUSE_DRAG,
};
enum {
  CCURSES_UP, CCURSES_DOWN, CCURSES_LEFT, CCURSES_RIGHT, CCURSES_HOME, CCURSES_END, CCURSES_PAGE_UP,
  CCURSES_PAGE_DOWN, CCURSES_INSERT, CCURSES_DELETE, CCURSES_BACKSPACE, CCURSES_ENTER, CCURSES_BACK_TAB,
  CCURSES_FUNCTION = 100,  // plus the key's number
  // Added to arrows, Home and End; Alt counts as Ctrl.
  CCURSES_SHIFT = 0x100, CCURSES_CONTROL = 0x200,
};
typedef struct {
  int32_t kind;
  uint32_t value;
  int32_t row, column;  // of the mouse
} ccurses_event;

// Returns the next input, of kind NONE when there is no more at this moment.
ccurses_event ccurses_next(void);
// Whether there will never be any more input. Ask only after ccurses_next returned NONE.
bool ccurses_input_ended(void);

// A descriptor that is readable when a signal came.
int32_t ccurses_signal_descriptor(void);
// Returns the number of the next signal that came, or 0.
int32_t ccurses_next_signal(void);

// Gives the terminal back and stops the whole process group; returns false, with nothing done, when there is no
// shell that could ever wake it. May return before the stop takes hold: do nothing until SIGCONT.
bool ccurses_suspend(void);
// Takes the terminal again, also when something else took it unasked; all of it will be drawn anew.
void ccurses_resume(void);
// Lends the terminal to a program and waits for it; returns its exit status, 128 + signal, or 127.
int32_t ccurses_run(char *const arguments[]);
