package dev.bureau.shell;

/// Why a terminal and a node do not come together, in one line for the user.
public final class AttachException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// For the given reason.
    public AttachException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
