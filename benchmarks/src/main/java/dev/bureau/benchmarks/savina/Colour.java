package dev.bureau.benchmarks.savina;

/// The colour of a chameneos.
public enum Colour {
    BLUE,
    RED,
    YELLOW;

    /// The colour of the creature with that number.
    public static Colour of(int number) {
        return values()[number % 3];
    }

    /// What two become that meet: the same, if they are, else the third.
    public Colour with(Colour other) {
        return this == other ? this : values()[3 - ordinal() - other.ordinal()];
    }
}
