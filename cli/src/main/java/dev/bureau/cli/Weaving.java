package dev.bureau.cli;

import dev.bureau.weaver.Selection;
import dev.bureau.weaver.Weaver;

/// What of a program is woven, so that no loop of it keeps a scheduler to itself.
final class Weaving {
    private final boolean on;
    private final String excluded;
    private final Selection selection;

    private Weaving(boolean on, String excluded) {
        this.on = on;
        this.excluded = excluded;
        this.selection = Selection.all().without(excluded);
    }

    static Weaving none() {
        return new Weaving(false, "");
    }

    /// Everything but the classes whose names fit one of these patterns, separated by commas.
    static Weaving allBut(String excluded) {
        return new Weaving(true, excluded);
    }

    /// The class as it is to be defined: the same array if it is not woven.
    byte[] woven(String name, byte[] classFile) {
        if (!on || !selection.selects(name)) return classFile;
        try {
            return Weaver.standard().weave(classFile);
        } catch (IllegalArgumentException _) {
            return classFile; // the JVM says what is wrong with it
        }
    }

    /// The same for the same choice, and for no other.
    @Override
    public String toString() {
        return on ? "all but " + excluded : "none";
    }
}
