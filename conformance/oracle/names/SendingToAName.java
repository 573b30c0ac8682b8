import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    register("n_me", self());
    send("n_me", "one");
    send(Name.on(node().id(), "n_me"), "two");
    unregister("n_me");
    out(mail(), attempt(() -> send("n_me", "three")));
}
