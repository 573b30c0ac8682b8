package dev.bureau.kernel.isolation;

import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.isolation.Verdict.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from the message to where a walk stands, in words: `Order.items -> ArrayList[3] -> `.
final class Path {
    private static final int SHOWN_AT_EITHER_END = 4;

    private Path() {}

    /// Refuses an object of class `culprit`, met as the current child of `holder`, or as the message.
    static NotShareableException refusal(
            @Nullable Frame holder, Class<?> culprit, Refused refused, @Nullable Throwable cause) {
        List<Frame> way = open(holder);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < way.size(); i++) {
            if (i == SHOWN_AT_EITHER_END && way.size() > 2 * SHOWN_AT_EITHER_END) {
                i = way.size() - SHOWN_AT_EITHER_END;
                text.append('(').append(i - SHOWN_AT_EITHER_END).append(" more) -> ");
            }
            text.append(step(way.get(i))).append(" -> ");
        }
        text.append(Names.full(culprit)).append(": ").append(refused.what()).append("; ");
        String advice = advice(way);
        text.append(advice == null ? refused.mending() : advice);
        return new NotShareableException(text.toString(), cause);
    }

    /// Refuses it for a failure of its shape or of the user's code.
    static NotShareableException refusal(
            @Nullable Frame holder, Class<?> culprit, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal(holder, culprit, refusal.verdict(), refusal.getCause());
        }
        Refused refused = new Refused("copying it failed with " + failure, Mending.VALUE);
        return refusal(holder, culprit, refused, failure);
    }

    /// From the message down; frames already closed, which wait in a knot, do not lead anywhere any more.
    private static List<Frame> open(@Nullable Frame holder) {
        List<Frame> way = new ArrayList<>();
        for (Frame frame = holder; frame != null; frame = frame.parent) {
            if (!frame.done) {
                way.add(frame);
            }
        }
        return way.reversed();
    }

    /// The advice of the step nearest to the culprit that has one.
    private static @Nullable String advice(List<Frame> way) {
        for (Frame frame : way.reversed()) {
            String advice = frame.shape == null ? null : frame.shape.advice(frame.next);
            if (advice != null) {
                return advice;
            }
        }
        return null;
    }

    private static String step(Frame frame) {
        return frame.shape == null
                ? Names.simple(frame.source.getClass())
                : frame.shape.step(frame.source, frame.children, frame.next);
    }
}
