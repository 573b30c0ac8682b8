import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Started(int item) {}

record All(List<?> results) {}

static Object work(Object item) {
    if (item.equals("slow")) sleepForever();
    if (item.equals("broken")) throw exit("broken");
    return item;
}

static int noted(Pid boss, int item) {
    send(boss, new Started(item));
    return item;
}

List<String> exits() {
    return mail().stream().map(each -> each.getClass().getSimpleName()).toList();
}

AsyncStream<Object, Object> stream(Object... items) {
    return Task.asyncStream(List.of(items), item -> work(item));
}

void main() {
    trapExits(true);
    var supervisor = TaskSupervisor.startLink();
    Pid boss = self();
    out(stream(1, "broken", 3).toList(), exits());
    List<Object> items = List.of(1, "broken", 3);
    out(supervisor.asyncStreamNolink(items, item -> work(item)).toList(), exits());
    out(stream(1, "slow", 3).timeout(ofMillis(200)).killTaskOnTimeout().toList(), exits());
    if (attempt(() -> stream(1, "slow", 3).timeout(ofMillis(200)).toList())
            instanceof Caught(ExitReason.CallFailed failed)) {
        out(failed.reason(), exits());
    }

    // no more is started than is needed
    var hundred = IntStream.rangeClosed(1, 100).boxed().toList();
    out(
            Task.asyncStream(hundred, item -> noted(boss, item)).maxConcurrency(1).stream()
                    .limit(2)
                    .toList(),
            mail().size() <= 3);
    out(stream(1, "slow", "slow").maxConcurrency(3).stream().limit(1).toList(), exits());
    var lazy = Task.asyncStream(List.of(1), item -> noted(boss, item));
    out(mail());
    out(lazy.toList(), mail());

    // a consumer that does not trap
    Pid consumer =
            spawn(() -> {
                stream("slow", "broken").maxConcurrency(2).toList();
            });
    var reason = ended(consumer);
    out(reason.equals(ExitReason.of("broken")) || reason.equals(ExitReason.NOPROC));
    List<Object> two = List.of(1, "broken");
    consumer =
            spawn(() ->
                    send(
                            boss,
                            new All(
                                    supervisor
                                            .asyncStreamNolink(two, item -> work(item))
                                            .toList())));
    gone(consumer);
    out(mail());
    out(supervisor.children());
}
