package dev.bureau.kernel.process;

/// For how long a reference is an alias of its maker (OTP ).
public enum AliasMode {
    /// It is none.
    NONE,
    /// Until `unalias`.
    EXPLICIT,
    /// Until the first message through it.
    REPLY,
    /// Until the monitor it belongs to is removed or fires.
    DEMONITOR,
    /// Until then or the first message through it, which also removes the monitor.
    REPLY_DEMONITOR
}
