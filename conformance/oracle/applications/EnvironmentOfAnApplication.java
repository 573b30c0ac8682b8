import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Shop(String name) implements Application {
    public Map<String, Object> env() {
        return Map.of("port", 1, "host", "here");
    }

    public Pid start() {
        return Supervisor.startLink(ONE_FOR_ONE);
    }
}

void unload() {
    try {
        Application.unload("v_shop");
    } catch (ApplicationException failed) {
        switch (failed.error()) {
            case ApplicationError.Running(var name) -> out("running", name);
            case ApplicationError.NotLoaded(var name) -> out("not_loaded", name);
            default -> out(failed.getMessage());
        }
    }
}

void all() {
    out(Application.getAllEnv("v_shop"));
}

void main() {
    Application shop = new Shop("v_shop");
    all();
    Application.putEnv("v_shop", "port", 5);
    Application.putEnv("v_shop", "extra", 6);
    Application.putAllEnv(Map.of("v_shop", Map.of("host", "there")));
    all();
    Application.load(shop);
    all();
    Application.putEnv("v_shop", "port", 9);
    Application.deleteEnv("v_shop", "extra");
    all();
    Application.start(shop);
    unload();
    Application.stop("v_shop");
    all();
    unload();
    all();
    unload();
    Application.load(shop);
    all();
}
