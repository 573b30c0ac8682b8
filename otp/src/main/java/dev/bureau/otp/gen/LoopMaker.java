package dev.bureau.otp.gen;

/// Makes a behaviour in the process that is to be it.
public interface LoopMaker {
    Loop make();
}
