package dev.bureau.scheduler;

/// Who goes before whom. Whoever becomes ready makes a carrier that runs a lower rank give way.
final class Rank {
    /// What has used up a slice, and low priority.
    static final int BACKGROUND = 0;

    static final int NORMAL = 1;
    static final int HIGH = 2;
    static final int MAX = 3;

    /// Nothing gives way to what a sleeping carrier does.
    static final int NONE = 4;

    private Rank() {}

    static int of(Priority priority) {
        return switch (priority) {
            case LOW -> BACKGROUND;
            case NORMAL -> NORMAL;
            case HIGH -> HIGH;
            case MAX -> MAX;
        };
    }
}
