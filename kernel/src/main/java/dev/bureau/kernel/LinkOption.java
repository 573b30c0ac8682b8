package dev.bureau.kernel;

/// What a link may be asked for (OTP L-12). It counts for the end that asks; the other end has its own options.
public enum LinkOption {
    /// The [Exit] message that comes of it goes before all ordinary ones.
    PRIORITY
}
