// What the files of this target know of each other.
#pragma once
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CCurses.h"
#include <curses.h>

// Presses, movement while pressed, in the SGR form that has no limit of columns.
#define CCURSES_MOUSE_ON "\033[?1000;1002;1006h"
#define CCURSES_MOUSE_OFF "\033[?1000;1002;1006l"

// Signals.c
void ccurses_catch_signals(void);
void ccurses_release_signals(void);

// Restore.c: what can be done in a signal handler too.
bool ccurses_remember_terminal(void);
void ccurses_compose_reset(void);
void ccurses_hide_stderr(void);
void ccurses_show_stderr(void);
// Marks whether the terminal is ours at this moment, and whether the mouse is.
void ccurses_hold(bool held);
void ccurses_hold_mouse(bool held);
// Writes the reset string and the saved modes: after a crash, when curses can no longer be trusted.
void ccurses_restore_terminal(void);

// Input.c
void ccurses_define_keys(void);

// CCurses.c
void ccurses_modes(bool on);
