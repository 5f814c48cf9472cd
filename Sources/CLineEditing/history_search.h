#ifndef HISTORY_SEARCH_H
#define HISTORY_SEARCH_H

#include <histedit.h>

/// Searches what was typed before, the latest first, for what is typed now, and puts what it finds
/// into the line. Ctrl-R finds the next, Backspace shortens the word, Ctrl-G gives the search up,
/// Enter runs what is found; every other key ends the search and does what it always does.
///
/// The cursor stands at the start of an empty row, which the search is shown in.
unsigned char history_search(EditLine *edit, HistoryW *history);

/// Whether a search goes on.
int history_search_is_active(void);

/// Draws the search that goes on once more; 0 where none does.
int history_search_redraw(void);

#endif
