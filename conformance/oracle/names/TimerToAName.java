import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    sendAfter(Name.local("n_later"), "hello", ofMillis(200));
    register("n_later", self());
    out(next());
    sendAfter(Name.local("n_later"), "hello", ofMillis(1));
    unregister("n_later");
    sendAfter(Name.local("n_nobody"), "hello", ofMillis(1));
    // whether the second came before the name was given back is a race
    out(mail().stream().filter(each -> !each.equals("hello")).toList());
}
