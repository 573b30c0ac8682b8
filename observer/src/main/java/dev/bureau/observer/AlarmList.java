package dev.bureau.observer;

import java.util.List;

/// The alarms of a node that are set, by whoever looks out for them.
///
/// @param watched whether anybody does
/// @param alarms the oldest first
public record AlarmList(boolean watched, List<Alarm> alarms) {
    public AlarmList {
        alarms = List.copyOf(alarms);
    }

    /// An alarm a line.
    @Override
    public String toString() {
        if (!watched) return "nobody looks out for alarms: see Observer.alarms()";
        if (alarms.isEmpty()) return "no alarms";
        StringBuilder text = new StringBuilder();
        for (Alarm each : alarms) {
            text.append(text.isEmpty() ? "" : "\n").append(each.since()).append(' ').append(each);
        }
        return text.toString();
    }
}
