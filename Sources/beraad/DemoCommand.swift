import ArgumentParser

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "demo")
}
struct SeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "seat")
}
