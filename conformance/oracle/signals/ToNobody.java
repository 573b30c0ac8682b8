import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    exit(dead(), "gone");
    out(send(dead(), "hello"), send(Name.on(node().id(), "nobody_here"), "hello"), true);
    out(mail());
}
