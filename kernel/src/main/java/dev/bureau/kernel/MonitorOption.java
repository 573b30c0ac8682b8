package dev.bureau.kernel;

/// What a monitor may be asked for beside the [Down] message (OTP ).
public enum MonitorOption {
    /// Its reference is an alias as well, until `unalias`.
    ALIAS,
    /// Its reference is an alias until the monitor ends.
    ALIAS_UNTIL_DEMONITOR,
    /// Its reference is an alias until the monitor ends or a message has come through it, which ends the monitor.
    ALIAS_UNTIL_REPLY,
    /// Its [Down] message goes before all ordinary ones.
    PRIORITY
}
