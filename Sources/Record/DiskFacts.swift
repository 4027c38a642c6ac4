import Glibc

/// Finds the process that holds the lock on a file, or 0.
///
/// The kernel's table /proc/locks has lines such as `1: FLOCK ADVISORY WRITE 1234 08:01:5678 0 EOF`. Nothing
/// is written into the record or beside it for this, so nothing can be stale.
@Sendable func findLockHolder(_ file: Int32) -> Int {
  var status = stat()
  guard fstat(file, &status) == 0 else { return 0 }
  for fields in table("/proc/locks") where fields.count == 8 && fields[1] == "FLOCK" {
    if fields[5].split(separator: ":").last == "\(status.st_ino)" { return Int(fields[4]) ?? 0 }
  }
  return 0
}

/// Tells whether a file lies on a file system of another machine.
///
/// The kernel's table /proc/self/mountinfo has lines such as `36 35 98:0 / /mnt rw - nfs4 host:/dir rw`.
@Sendable func isOnRemoteFileSystem(_ file: Int32) -> Bool {
  var status = stat()
  guard fstat(file, &status) == 0 else { return false }
  let device = UInt64(status.st_dev)
  let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
  let minor = device & 0xFF | (device >> 12) & ~0xFF
  for fields in table("/proc/self/mountinfo") where fields.count > 4 && fields[2] == "\(major):\(minor)" {
    guard let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
    return remoteFileSystems.contains(String(fields[dash + 1]))
  }
  return false
}

private let remoteFileSystems: Set<String> = [
  "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "9p", "glusterfs", "lustre",
  "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.ceph", "fuse.davfs", "davfs",
]

/// Reads a table of the kernel: lines of fields between spaces.
private func table(_ path: String) -> [[Substring]] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return [] }
  defer { _ = close(file) }
  var text: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(file, &piece, piece.count)
    guard count > 0 else { break }
    text += piece[..<count]
  }
  return String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
}
