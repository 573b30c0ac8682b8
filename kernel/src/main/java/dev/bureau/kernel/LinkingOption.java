package dev.bureau.kernel;

/// What a link may be asked for (OTP L-12). It counts for the end that asks; the other end has its own options.
///
/// Not `LinkOption`: `module java.base` exports one.
public enum LinkingOption {
    /// The [Exit] message that comes of it goes before all ordinary ones.
    PRIORITY
}
