// One task per query, all at the same time, and the answers in the order of the questions. The
// tasks are linked to who started them: if one query fails, all of this ends, and no process is
// left behind.
//
//   ./bureau run examples/ParallelQueries.java 5

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;

String query(int number) {
    sleep(ofMillis(ThreadLocalRandom.current().nextInt(500))); // as a database would, this blocks
    return "query " + number + " result";
}

void main(String[] args) {
    int queries = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    var tasks =
            IntStream.rangeClosed(1, queries)
                    .mapToObj(number -> Task.async(() -> query(number)))
                    .toList();
    Task.awaitMany(tasks).forEach(IO::println);
}
