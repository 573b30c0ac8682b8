package dev.bureau.observer;

import java.time.Duration;
import java.util.Locale;

/// Numbers and texts as people read them.
final class Figures {
    private Figures() {}

    /// `99.8 %`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// `1234`, `12.3`, `0`.
    static String rate(double perSecond) {
        if (perSecond == 0) return "0";
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
    }

    /// `1.2 kB`: of 1000 bytes.
    static String bytes(long bytes) {
        if (bytes < 1000) return bytes + " B";
        double value = bytes;
        String units = "kMGT";
        int unit = -1;
        while (value >= 1000 && unit < units.length() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, units.charAt(unit));
    }

    /// `12.3 s`, `4 ms`.
    static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis == 0) return "0";
        if (millis < 10) return String.format(Locale.ROOT, "%.1f ms", millis);
        if (millis < 1000) return String.format(Locale.ROOT, "%.0f ms", millis);
        long seconds = time.toSeconds();
        if (seconds < 60) return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        if (seconds < 3600) return seconds / 60 + " min " + seconds % 60 + " s";
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /// Without line breaks and what else a terminal would take for more than text.
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    /// At most `length` long.
    static String clipped(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 3) + "...";
    }
}
