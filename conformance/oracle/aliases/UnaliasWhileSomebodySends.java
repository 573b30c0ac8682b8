import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias();
    Pid sender =
            spawn(() -> {
                shake();
                send(alias, "hello");
            });
    shake();
    unalias(alias);
    List<String> atOnce = poll(String.class).stream().toList();
    gone(sender);
    out(atOnce, mail());
}
