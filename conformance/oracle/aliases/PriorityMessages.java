import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias(AliasOption.PRIORITY);
    send(self(), "one");
    sendPriority(alias, "two");
    send(self(), "three");
    sendPriority(alias, "four");
    send(alias, "five");
    out(mail());
}
