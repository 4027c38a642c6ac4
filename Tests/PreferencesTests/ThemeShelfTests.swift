import Foundation
import Ground
import Preferences
import Screen
import Testing
import Themes

@Suite struct ThemeShelfTests {
  @Test func theProgramsThemesAreAlwaysThere() throws {
    let shelf = ThemeShelf(folders: ["/nowhere"])
    #expect(shelf.entries.map(\.name) == Themes.names)
    #expect(shelf.entries.allSatisfy { $0.source == .program })
    for name in Themes.names { #expect(try shelf.theme(name).name == name) }
    #expect(Themes.names.contains(ThemeShelf.usual(onLightGround: true)))
    #expect(Themes.names.contains(ThemeShelf.usual(onLightGround: false)))
  }

  @Test func filesJoinThemAndGoFirst() throws {
    let scratch = try Scratch()
    let mine = try scratch.write("text = red", to: "own/zaal.theme")
    let dark = try scratch.write("text = green", to: "own/dark.theme")
    _ = try scratch.write("text = blue", to: "system/zaal.theme")
    let aula = try scratch.write("text = blue", to: "system/aula.theme")
    _ = try scratch.write("text = blue", to: "system/.hidden.theme")
    _ = try scratch.write("text = blue", to: "system/readme.txt")
    let shelf = ThemeShelf(folders: [scratch.path + "/own", scratch.path + "/system"])
    #expect(shelf.entries.map(\.name) == Themes.names + ["aula", "zaal"])
    #expect(shelf.entries.first?.source == .file(dark))
    #expect(shelf.entries.suffix(2).map(\.source) == [.file(aula), .file(mine)])
    #expect(try shelf.theme("zaal")[.text, .sixteen].foreground == 1)
    #expect(try shelf.theme("dark")[.text, .sixteen].foreground == 2)
    #expect(try shelf.theme(mine)[.text, .sixteen].foreground == 1)
    // Edited while the program runs: one looks again and sees it.
    _ = try scratch.write("text = cyan", to: "own/zaal.theme")
    #expect(try shelf.theme("zaal")[.text, .sixteen].foreground == 6)
  }

  @Test func troubleSaysWhatToDo() throws {
    let scratch = try Scratch()
    let broken = try scratch.write("text = red\nalarm = rood", to: "zaal.theme")
    let shelf = ThemeShelf(folders: [scratch.path])
    let unknown = #expect(throws: ThemeTrouble.self) { try shelf.theme("niets") }
    #expect(unknown?.phrase.nl.contains("dark, light, projector, colour-blind, mono, zaal") == true)
    for name in ["zaal", broken] {
      let error = #expect(throws: ThemeTrouble.self) { try shelf.theme(name) }
      #expect(error?.phrase.nl.hasPrefix("\(broken):2: ") == true)
    }
    let folder = #expect(throws: ThemeTrouble.self) { try shelf.theme(scratch.path) }
    #expect(folder?.phrase.en.contains("cannot be read") == true)
  }
}
