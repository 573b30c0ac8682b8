// An order as a state machine: it is paid, then shipped; if nobody pays in time it is cancelled.
// What does not fit its state changes nothing, and the compiler finds an event without a case.
//
//   ./bureau run examples/Order.java

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;

sealed interface State {}

record Pending(int due) implements State {}

record Paid() implements State {}

record Shipped() implements State {}

record Cancelled() implements State {}

sealed interface Event {}

record Pay(int amount) implements Event, Call<Boolean> {}

record Ship() implements Event, Call<Boolean> {}

record Look() implements Event, Call<State> {}

record Unpaid() implements Event {}

record OrderMachine(int total, Duration patience) implements StateMachine<State, Event> {
    public Step.First<State> init() {
        return to(new Pending(total), stateTimeout(patience, new Unpaid()));
    }

    public Step<State> handle(State state, Event event) {
        return switch (event) {
            case Pay pay when state instanceof Pending(var due) && pay.amount() >= due ->
                    to(new Paid(), reply(pay, true));
            case Ship ship when state instanceof Paid -> to(new Shipped(), reply(ship, true));
            case Unpaid _ -> to(new Cancelled()); // set in Pending, and gone with it
            case Pay pay -> stay(reply(pay, false));
            case Ship ship -> stay(reply(ship, false));
            case Look look -> stay(reply(look, state));
        };
    }
}

void main() {
    var order = StateMachine.startLink(new OrderMachine(100, ofSeconds(30)));
    IO.println("ship: " + call(order, new Ship()));
    IO.println("pay 50: " + call(order, new Pay(50)));
    IO.println("pay 100: " + call(order, new Pay(100)));
    IO.println("ship: " + call(order, new Ship()) + ", now " + call(order, new Look()));

    var forgotten = StateMachine.startLink(new OrderMachine(100, ofMillis(50)));
    while (call(forgotten, new Look()) instanceof Pending) sleep(ofMillis(10));
    IO.println("pay too late: " + call(forgotten, new Pay(100)));
}
