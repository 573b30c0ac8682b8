import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias();
    send(alias, "one");
    send(alias, "two");
    out(next(), next());
    out(unalias(alias));
    send(alias, "three");
    out(mail());
    send(ref(), "four");
    out(mail());
}
