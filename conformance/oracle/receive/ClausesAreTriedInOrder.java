import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

record Word(String word) {}

record Big(int n) {}

record Number(int n) {}

static Object handle() {
    return switch (receive()) {
        case String word -> new Word(word);
        case Integer n when n > 5 -> new Big(n);
        case Integer n -> new Number(n);
        default -> "nothing";
    };
}

void main() {
    send(self(), 7);
    send(self(), "word");
    out(handle(), handle());
}
