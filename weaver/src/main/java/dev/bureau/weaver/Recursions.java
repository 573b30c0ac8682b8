package dev.bureau.weaver;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/// Which methods of a class may run for long though they hardly loop:
/// - those that may call more than once, in one call of theirs, what leads back to them: by calls within the class, or
///   to a method of their own name and type on another object, as composites and visitors do. They poll before each such call
///   but those that come first;
/// - bodies of lambdas with branches or calls, which some loop outside the class may call. They poll when they start.
///
/// Who calls what leads back to him once only makes a chain, which ends with the stack; and a loop around such a call
/// polls itself. So between two polls there is at most one way down, by first calls, and one way up. Making a lambda counts as
/// calling it, as often as one likes, and so as a poll at the start.
///
/// A cycle of calls through several classes under different names is not seen.
final class Recursions {
    /// Calls to these lead nowhere else.
    private static final Set<String> LEAVES =
            Set.of(
                    "java/lang/String",
                    "java/lang/StringBuilder",
                    "java/lang/StringBuffer",
                    "java/lang/Class",
                    "java/lang/Boolean",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double",
                    "java/lang/Enum");

    private final ClassModel type;
    private final List<MethodCode> methods;
    private final Map<String, Integer> bySignature = new HashMap<>();
    private final BitSet[] calls;

    /// The places from which each method calls others of the class.
    private final List<List<Site>> sites = new ArrayList<>();

    /// The places from which each calls its like on another object.
    private final List<List<Integer>> delegations = new ArrayList<>();

    private final BitSet lambdas = new BitSet();

    /// @param repeats whether this alone may be several calls
    private record Site(int place, int callee, boolean repeats) {}

    /// How a method recurs.
    ///
    /// @param atStart whether it is to poll when it starts
    /// @param places otherwise from where it may call what leads back to it
    record Recursion(boolean atStart, List<Integer> places) {}

    private Recursions(ClassModel type, List<MethodCode> methods) {
        this.type = type;
        this.methods = methods;
        this.calls = new BitSet[methods.size()];
        for (int method = 0; method < calls.length; method++) {
            bySignature.put(methods.get(method).signature(), method);
            calls[method] = new BitSet();
            sites.add(new ArrayList<>());
            delegations.add(new ArrayList<>());
        }
        for (int method = 0; method < calls.length; method++) lookAt(method);
    }

    /// How each of the methods recurs.
    static List<Recursion> among(ClassModel type, List<MethodCode> methods, boolean withLambdas) {
        var found = new Recursions(type, methods);
        var cyclic = found.cyclic();
        var all = new ArrayList<Recursion>();
        for (int method = 0; method < methods.size(); method++)
            all.add(found.recursion(method, cyclic, withLambdas));
        return all;
    }

    private Recursion recursion(int method, BitSet cyclic, boolean withLambdas) {
        boolean atStart = withLambdas && lambdas.get(method);
        var places = new ArrayList<>(delegations.get(method));
        if (cyclic.get(method)) {
            for (var site : sites.get(method)) {
                if (!cyclic.get(site.callee())) continue;
                atStart |= site.repeats();
                places.add(site.place());
            }
        }
        return new Recursion(atStart, atStart ? List.of() : places);
    }

    private void lookAt(int caller) {
        var code = methods.get(caller).instructions();
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (!code.invokes(at)) continue;
            var callee = type.constantPool().entryByIndex(code.u2(at + 1));
            switch (callee) {
                case MemberRefEntry method -> lookAtCall(caller, at, method);
                case InvokeDynamicEntry site -> lookAtSite(caller, at, site);
                default -> throw new IllegalArgumentException("not a method: " + callee);
            }
        }
    }

    private void lookAtCall(int caller, int at, MemberRefEntry callee) {
        var own = isOwn(callee) ? bySignature.get(signature(callee)) : null;
        if (own != null) {
            addSite(caller, new Site(at, own, false));
            return;
        }
        int opcode = methods.get(caller).instructions().opcode(at);
        boolean dispatched =
                opcode == Instructions.INVOKEVIRTUAL || opcode == Instructions.INVOKEINTERFACE;
        var method = methods.get(caller).method();
        if (dispatched
                && callee.name().equals(method.methodName())
                && callee.type().equals(method.methodType())
                && !LEAVES.contains(callee.owner().asInternalName())) {
            delegations.get(caller).add(at);
        }
    }

    private void lookAtSite(int maker, int at, InvokeDynamicEntry site) {
        for (var argument : site.bootstrap().arguments()) {
            if (!(argument instanceof MethodHandleEntry handle)) continue;
            var callee = handle.reference();
            if (!isOwn(callee)) continue;
            var index = bySignature.get(signature(callee));
            if (index == null) continue;
            // Who gets it may call it twice.
            addSite(maker, new Site(at, index, true));
            if (isLambda(methods.get(index))) lambdas.set(index);
        }
    }

    private void addSite(int caller, Site site) {
        calls[caller].set(site.callee());
        sites.get(caller).add(site);
    }

    private boolean isOwn(MemberRefEntry callee) {
        return callee.owner().equals(type.thisClass());
    }

    private static String signature(MemberRefEntry callee) {
        return callee.name().stringValue() + callee.type().stringValue();
    }

    /// Made by a compiler for a lambda, and more than a few steps.
    private static boolean isLambda(MethodCode method) {
        boolean synthetic = (method.method().flags().flagsMask() & ClassFile.ACC_SYNTHETIC) != 0;
        if (!synthetic && !method.name().contains("lambda$")) return false;
        var code = method.instructions();
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (code.invokes(at) || (code.branches(at) && !code.returns(at))) return true;
        }
        return false;
    }

    /// The methods from which calls lead back to themselves.
    private BitSet cyclic() {
        var left = new BitSet(calls.length);
        left.set(0, calls.length);
        while (dropped(left, method -> !calls[method].intersects(left))) {}
        var cyclic = new BitSet(calls.length);
        left.stream().filter(method -> reachesItself(method, left)).forEach(cyclic::set);
        return cyclic;
    }

    private static boolean dropped(BitSet left, IntPredicate which) {
        var drop = new BitSet();
        left.stream().filter(which).forEach(drop::set);
        left.andNot(drop);
        return !drop.isEmpty();
    }

    private boolean reachesItself(int method, BitSet within) {
        var reached = (BitSet) calls[method].clone();
        reached.and(within);
        var open = (BitSet) reached.clone();
        while (!open.isEmpty() && !reached.get(method)) {
            int next = open.nextSetBit(0);
            open.clear(next);
            var fresh = (BitSet) calls[next].clone();
            fresh.andNot(reached);
            fresh.and(within);
            open.or(fresh);
            reached.or(fresh);
        }
        return reached.get(method);
    }
}
