package dev.bureau.kernel.process;

/// An alias whose owner lets messages through it go before all others (OTP A-07).
final class PriorityAlias extends LocalRef {
    PriorityAlias(LocalPid maker, long number, long mark) {
        super(maker, number, mark);
    }
}
