import Glibc
import Ground

/// Gives a text to the editor that a person has chosen in VISUAL or EDITOR, and returns it as it came back.
///
/// The text stands in a file of its own in the folder for temporary files, readable by its owner alone, and is
/// removed afterwards. `lend` gives the terminal to the editor for a file and returns whether that went well. Returns nil
/// where there is no editor or no file.
@MainActor func editElsewhere(_ text: String, lend: @MainActor (String) -> Bool) -> String? {
  var template = temporaryTemplate(".txt")
  let descriptor = mkstemps(&template, 4)
  guard descriptor >= 0 else { return nil }
  let path = completed(template)
  defer { unlink(path) }
  let isWritten = writeAll(text, to: descriptor)
  close(descriptor)
  guard isWritten else { return nil }
  guard lend(path) else { return nil }
  return readText(path)
}
