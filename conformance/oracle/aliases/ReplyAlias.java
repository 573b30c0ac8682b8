import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias(AliasOption.REPLY);
    send(alias, "first");
    send(alias, "second");
    out(mail(), unalias(alias));
    Ref unused = alias(AliasOption.REPLY);
    out(unalias(unused));
}
