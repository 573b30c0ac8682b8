package dev.bureau.kernel;

/// How a process is scheduled beside others (OTP F-01).
///
/// `HIGH` and `MAX` run strictly before `NORMAL`; `LOW` gets every eighth turn. Leave it at `NORMAL` unless a process is
/// both short and urgent: there is no inheritance of priorities, and a busy `HIGH` process starves all others.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    MAX
}
