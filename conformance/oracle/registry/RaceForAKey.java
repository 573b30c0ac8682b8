import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Won(Pid pid) {}

record Lost(Pid pid) {}

void main() {
    Registry.startLink("r_race", Registry.UNIQUE);
    Pid boss = self();
    for (int i = 0; i < 4; i++) {
        spawn(() -> {
            shake();
            switch (Registry.register("r_race", "key")) {
                case Registration.Made _ -> send(boss, new Won(self()));
                case Registration.AlreadyRegistered(var pid) -> send(boss, new Lost(pid));
            }
            sleepForever();
        });
    }
    var answers = List.of(next(), next(), next(), next());
    Pid winner =
            answers.stream()
                    .filter(Won.class::isInstance)
                    .map(each -> ((Won) each).pid())
                    .findAny()
                    .orElseThrow();
    out(
            answers.stream()
                    .filter(Lost.class::isInstance)
                    .map(each -> ((Lost) each).pid().equals(winner))
                    .toList());
}
