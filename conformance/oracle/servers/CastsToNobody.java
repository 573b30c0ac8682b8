import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Hello() implements Cast {}

void main() {
    cast(dead(), new Hello());
    cast("g_nobody", new Hello());
    out("ok", "ok", mail());
}
