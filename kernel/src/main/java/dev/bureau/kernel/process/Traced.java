package dev.bureau.kernel.process;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What traces a process; only a process that is or was traced has one.
///
/// Arrays are never changed, but replaced.
final class Traced {
    static final Tracer[] NOBODY = {};
    static final Token[] NONE = {};

    /// Written by the owner; by its parent before it starts.
    Token[] tokens = NONE;

    /// Written under the reception lock.
    volatile Tracer[] tracers = NOBODY;

    static Tracer[] with(Tracer[] some, Tracer another) {
        if (Arrays.asList(some).contains(another)) {
            return some;
        }
        Tracer[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = another;
        return all;
    }

    static Tracer[] without(Tracer[] some, Tracer one) {
        return Arrays.stream(some).filter(each -> each != one).toArray(Tracer[]::new);
    }

    static Tracer[] lasting(Tracer[] some) {
        return Arrays.stream(some).filter(each -> !each.isOver()).toArray(Tracer[]::new);
    }

    /// The tokens, that of `type` replaced; taken away if `token` is null.
    static Token[] with(Token[] some, Class<? extends Token> type, @Nullable Token token) {
        Token[] all = new Token[some.length + 1];
        int count = 0;
        for (Token each : some) {
            if (!type.isInstance(each)) {
                all[count++] = each;
            }
        }
        if (token != null) {
            all[count++] = token;
        }
        return count == 0 ? NONE : Arrays.copyOf(all, count);
    }

    /// What of them goes along with a message.
    static Token[] carried(Token[] some) {
        for (Token each : some) {
            if (each.carried() != each) {
                return Arrays.stream(some).map(Token::carried).toArray(Token[]::new);
            }
        }
        return some;
    }

    /// What one has who takes a message that brings `brought`: those of its own that stay, and of the others what comes.
    static Token[] taking(Token[] own, Token[] brought) {
        Token[] all = brought;
        for (Token each : own) {
            if (each.stays()) {
                all = with(all, each.getClass(), each);
            }
        }
        return all;
    }

    static <T extends Token> @Nullable T find(Token[] some, Class<T> type) {
        for (Token each : some) {
            if (type.isInstance(each)) {
                return Objects.requireNonNull(type.cast(each));
            }
        }
        return null;
    }
}
