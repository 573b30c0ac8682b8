import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref alias = alias(AliasOption.REPLY);
    for (int i = 1; i <= 3; i++) {
        int n = i;
        spawn(() -> {
            shake();
            send(alias, n);
        });
    }
    out(mail());
}
