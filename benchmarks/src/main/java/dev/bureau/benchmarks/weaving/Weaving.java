package dev.bureau.benchmarks.weaving;

import dev.bureau.weaver.Weaver;
import java.util.function.UnaryOperator;

/// What is done to classes before they are defined.
public enum Weaving {
    NONE,
    STANDARD,
    NO_LAMBDAS;

    UnaryOperator<byte[]> transform() {
        return switch (this) {
            case NONE -> bytes -> bytes;
            case STANDARD -> Weaver.standard()::weave;
            case NO_LAMBDAS -> Weaver.with(new Weaver.Options(false))::weave;
        };
    }
}
