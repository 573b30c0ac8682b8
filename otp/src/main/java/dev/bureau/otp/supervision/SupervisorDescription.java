package dev.bureau.otp.supervision;

import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Intensity;
import java.util.List;

/// What a supervisor says of itself to those who look on.
///
/// @param strategy what it does about an end, in OTP's words
/// @param intensity how many restarts it bears
/// @param restarts how many there were within the period of that
/// @param total how many children it has
/// @param children the first of them, in the order of their starts
public record SupervisorDescription(
        String strategy, Intensity intensity, long restarts, int total, List<OfChild> children) {
    /// One child.
    public record OfChild(ChildInfo info, ChildSpec.Restart restart) {}
}
