#ifndef CLINEEDITING_H
#define CLINEEDITING_H

#include <stddef.h>

/// libedit behind calls that Swift can make: its own are variadic. All text is UTF-8.
typedef struct line_editor line_editor;

typedef enum line_editor_event {
  LINE_EDITOR_LINE,
  LINE_EDITOR_END,
  LINE_EDITOR_INTERRUPTED,
  /// The cursor goes up into what stands above the line.
  LINE_EDITOR_LEFT_UPWARDS,
} line_editor_event;

typedef enum line_editor_completion {
  LINE_EDITOR_NOTHING_FOUND,
  LINE_EDITOR_LINE_CHANGED,
  LINE_EDITOR_LIST_SHOWN,
} line_editor_completion;

/// Asked when a signal woke the editor; not zero gives the line up.
typedef int (*line_editor_should_stop)(void *_Nullable context);
/// Asked how many characters the first or the last letter of a text is made of, such as an e and
/// its accent; 0 where the text is empty.
typedef int (*line_editor_letter)(const char *_Nonnull text, int is_last);
/// Asked at Tab.
typedef line_editor_completion (*line_editor_complete)(
    void *_Nullable context, line_editor *_Nonnull editor);

/// An editor on the standard streams, which must be a terminal; NULL without memory.
line_editor *_Nullable line_editor_open(
    void *_Nullable context, line_editor_should_stop _Nonnull should_stop,
    line_editor_letter _Nonnull letter, line_editor_complete _Nonnull complete);
void line_editor_close(line_editor *_Nonnull editor);

/// Reads a line that begins as the text before and behind the cursor; with `goes_on` it stands below
/// others, into which the cursor may go.
line_editor_event line_editor_read(
    line_editor *_Nonnull editor, const char *_Nonnull prompt, const char *_Nonnull before,
    const char *_Nonnull behind, int goes_on);
/// The text of the last line read, without its end.
const char *_Nonnull line_editor_text(line_editor *_Nonnull editor);

/// Adds an entry, of one or several lines, to what the arrow keys recall.
void line_editor_remember(line_editor *_Nonnull editor, const char *_Nonnull entry);

/// The line being edited and the byte offset of the cursor in it; for use at Tab.
const char *_Nonnull line_editor_edited(line_editor *_Nonnull editor, size_t *_Nonnull cursor);
/// Puts text in the place of the last `length` bytes before the cursor.
void line_editor_replace(
    line_editor *_Nonnull editor, size_t length, const char *_Nonnull text);
/// Takes the next `length` bytes behind the cursor away.
void line_editor_delete_next(line_editor *_Nonnull editor, size_t length);
/// Writes below the line being edited.
void line_editor_show(line_editor *_Nonnull editor, const char *_Nonnull text);

#endif
