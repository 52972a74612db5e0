import Synchronization

/// The modules that are not being trained, of those that do not keep that themselves.
let modulesInUse = Mutex(WeakSet())

/// Objects that this does not keep alive.
struct WeakSet {
  /// Safe to hand to another thread: it is only compared.
  private struct Member: @unchecked Sendable {
    weak var object: AnyObject?
  }

  private var members: [ObjectIdentifier: Member] = [:]
  private var limit = 64

  /// Whether an object is a member, and not only where one was that is gone.
  func contains(_ object: AnyObject) -> Bool {
    members[ObjectIdentifier(object)]?.object === object
  }

  mutating func set(_ object: AnyObject, isMember: Bool) {
    members[ObjectIdentifier(object)] = isMember ? Member(object: object) : nil
    if members.count > limit {
      members = members.filter { $0.value.object != nil }
      limit = max(64, 2 * members.count)
    }
  }
}
