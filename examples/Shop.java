import module dev.bureau.kernel;
import module dev.bureau.otp;
import module java.base;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

/// An application and one that it needs. Without a `main`, the first in the file is started; ^C stops both, the shop first.
///
///     ./bureau run examples/Shop.java
record Shop() implements Application {
    public List<Application> applications() {
        return List.of(new Warehouse());
    }

    public Map<String, Object> env() {
        return Map.of("customers", 3);
    }

    public Pid start() {
        IO.println("the shop opens");
        return Supervisor.startLink(ONE_FOR_ONE, worker("till", new Till()));
    }

    public void stop() {
        IO.println("the shop is closed");
    }
}

/// Sells to each customer, then waits for more.
record Till() implements GenServer<Integer, Call<?>, Till.Customer> {
    record Customer(int number) implements Cast {}

    public Init<Integer> init() {
        for (int n = 1; n <= Application.getEnv("customers", Integer.class); n++) {
            cast(self(), new Customer(n));
        }
        return ok(0);
    }

    public Next<Integer> handleCast(Customer customer, Integer sold) {
        IO.println("customer " + customer.number() + " gets item " + call("stock", new Take()));
        return noReply(sold + 1);
    }
}

/// What the shop sells comes from here.
record Warehouse() implements Application {
    public Pid start() {
        IO.println("the warehouse opens");
        return Supervisor.startLink(ONE_FOR_ONE, worker("stock", new Stock()));
    }

    public void stop() {
        IO.println("the warehouse is closed");
    }
}

record Take() implements Call<Integer> {}

/// Hands out items, numbered from 100 on.
record Stock() implements GenServer<Integer, Take, Cast> {
    public Init<Integer> init() {
        return ok(100);
    }

    public Next<Integer> handleCall(Take take, From<?> from, Integer next) {
        return reply(take, next, next + 1);
    }
}
