package dev.bureau.weaver;

/// A method of which something was left as it was though it could be polled.
///
/// @param method its name and descriptor
public record LeftAlone(String method, Reason reason) {
    /// Why.
    public enum Reason {
        /// A loop that steps through an array or a text: it ends soon, and C2 makes much of it. It may still poll before what
        /// takes long in it.
        SCANNING_LOOP,
        /// The method would be longer than a method may be.
        TOO_LONG,
        /// A jump is too far from the end of the method to go there.
        TOO_FAR,
        /// The method would be longer than what HotSpot compiles, and it is not yet.
        NOT_COMPILED_THEN,
        /// The method uses jsr and ret, as compilers did before Java 6.
        SUBROUTINES,
        /// The method's code or its tables are not as the class file format has them.
        UNREADABLE
    }
}
