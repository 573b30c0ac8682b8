package dev.bureau.scheduler;

/// The class of service of a process, as `process_flag(priority, _)` has it (OTP C-03).
///
/// `MAX` and `HIGH` run strictly before `NORMAL`, so a busy process of theirs starves the others of its carrier: use
/// them for short work only. `LOW` takes every eighth turn beside `NORMAL`. A spawned process starts at `NORMAL`,
/// whatever its parent has.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    MAX
}
