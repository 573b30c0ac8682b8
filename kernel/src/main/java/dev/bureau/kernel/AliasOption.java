package dev.bureau.kernel;

/// What an alias may be asked for (OTP ).
public enum AliasOption {
    /// It ends with the first message through it.
    REPLY,
    /// Messages sent through it with priority go before all ordinary ones.
    PRIORITY
}
