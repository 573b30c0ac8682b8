import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Did(int item) {}

record All(List<?> all) {}

static String name(String item) {
    return "cut_" + item;
}

/// The first is done when the others have begun, which never are.
static String work(String item) {
    if (item.equals("first")) {
        eventually(() -> Stream.of("b", "c").allMatch(other -> whereis(name(other)).isPresent()));
        return item;
    }
    register(name(item), self());
    sleepForever();
    return item;
}

boolean over() {
    return eventually(() ->
            info(self()).orElseThrow().links().isEmpty()
                    && Stream.of("b", "c", "d").noneMatch(item -> whereis(name(item)).isPresent()));
}

static int did(Pid boss, int item) {
    send(boss, new Did(item));
    return item;
}

List<Object> sorted(List<Object> mail) {
    return mail.stream().sorted(Comparator.comparing(Object::toString)).toList();
}

void main() {
    Pid boss = self();

    // done where it is consumed, and by each anew
    var stream = Task.asyncStream(List.of(1, 2), item -> did(boss, item));
    gone(spawn(() -> send(boss, new All(stream.toList()))));
    out(receive(All.class).all());
    out(sorted(mail()));
    out(stream.toList(), sorted(mail()));

    // cut on its way in and on its way out
    var two = IntStream.rangeClosed(1, 9).boxed().limit(2);
    out(Task.asyncStream(two, item -> item).toList());
    var tasks = Task.asyncStream(List.of("first", "b", "c"), item -> work(item)).maxConcurrency(3);
    out(tasks.stream().limit(1).toList(), over());

    // by its consumer
    out(
            attempt(() ->
                    tasks.forEach(_ -> {
                        throw new IllegalStateException("enough");
                    })),
            over());

    // by its source
    Stream<String> source =
            Stream.of("b", "c")
                    .peek(item -> {
                        if (item.equals("c")) throw new IllegalStateException("no more");
                    });
    out(
            attempt(() -> Task.asyncStream(source, item -> work(item)).maxConcurrency(2).toList()),
            over());

    // by a supervisor that has no more room
    var supervisor = TaskSupervisor.startLink(DynamicSupervisor.flags().maxChildren(2));
    unlink((Pid) supervisor.supervisor());
    var many = List.of("b", "c", "d");
    var full = supervisor.asyncStream(many, item -> work(item)).maxConcurrency(3);
    if (attempt(() -> full.toList()) instanceof Caught) {
        out(over(), supervisor.children());
    }
    out(mail());
}
