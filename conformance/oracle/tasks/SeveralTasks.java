import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Told(boolean known, Object result) {}

Task<String> slow() {
    return Task.async(() -> {
        sleepForever();
        return "";
    });
}

Task<String> in(int millis, String value) {
    return Task.async(() -> {
        sleep(ofMillis(millis));
        return value;
    });
}

Task<String> broken() {
    return Task.async(() -> {
        throw exit("broken");
    });
}

List<ExitReason> reasons() {
    return mail().stream()
            .map(each -> ((Exit) each).reason())
            .sorted(Comparator.comparing(Object::toString))
            .toList();
}

Object failed(Callable<?> function) {
    return switch (attempt(function)) {
        case Caught(ExitReason.CallFailed failed) -> failed.reason();
        case Object value -> value;
    };
}

void main() {
    trapExits(true);
    out(Task.awaitMany(List.of(in(60, "a"), in(0, "b"), in(30, "c"))), reasons().size());
    out(failed(() -> Task.awaitMany(List.of(slow(), broken(), in(0, "a")))));
    out(reasons());
    out(failed(() -> Task.awaitMany(List.of(in(0, "a"), slow()), ofMillis(200))), reasons());
    out(Task.awaitMany(List.<Task<String>>of()), Task.yieldMany(List.<Task<String>>of()).keySet());

    var tasks = List.of(slow(), in(0, "a"), broken());
    var results = new ArrayList<Told>();
    Task.yieldMany(tasks, ofMillis(200))
            .forEach((task, result) -> results.add(new Told(tasks.contains(task), result)));
    out(results);
    out(tasks.getFirst().yield(Duration.ZERO), tasks.getFirst().shutdown(), reasons());
}
