package dev.bureau.benchmarks.savina;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.otp.GenServer;

/// A server that is only cast to.
interface Server<S, M extends Cast> extends GenServer<S, Call<?>, M> {}
