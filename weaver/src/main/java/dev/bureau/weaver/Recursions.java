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

/// Which methods of a class may run for long though they hardly loop, and so poll when they start:
/// - those that may call more than once, in one call of theirs, what leads back to them: by calls within the class, or
///   to a method of their own name and type on another object, as composites and visitors do;
/// - bodies of lambdas with branches or calls, which some loop outside the class may call.
///
/// Who calls what leads back to him once only makes a chain, which ends with the stack; and a loop around such a call
/// polls itself. Making a lambda counts as calling it, as often as one likes.
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

    /// The places from which each method calls others of the class; a callee once for each.
    private final List<List<Integer>> sites = new ArrayList<>();

    /// The places from which each calls its like on another object.
    private final int[] delegations;

    private final BitSet lambdas = new BitSet();

    private Recursions(ClassModel type, List<MethodCode> methods) {
        this.type = type;
        this.methods = methods;
        this.calls = new BitSet[methods.size()];
        this.delegations = new int[methods.size()];
        for (int method = 0; method < calls.length; method++) {
            bySignature.put(methods.get(method).signature(), method);
            calls[method] = new BitSet();
            sites.add(new ArrayList<>());
        }
        for (int method = 0; method < calls.length; method++) lookAt(method);
    }

    /// The indices of the methods that poll at entry.
    static BitSet among(ClassModel type, List<MethodCode> methods, boolean withLambdas) {
        var found = new Recursions(type, methods);
        var polling = found.branching();
        if (withLambdas) polling.or(found.lambdas);
        return polling;
    }

    private void lookAt(int caller) {
        var code = methods.get(caller).instructions();
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (!code.invokes(at)) continue;
            var callee = type.constantPool().entryByIndex(code.u2(at + 1));
            switch (callee) {
                case MemberRefEntry method -> lookAtCall(caller, code.opcode(at), method);
                case InvokeDynamicEntry site -> lookAtSite(caller, site);
                default -> throw new IllegalArgumentException("not a method: " + callee);
            }
        }
    }

    private void lookAtCall(int caller, int opcode, MemberRefEntry callee) {
        var own = isOwn(callee) ? bySignature.get(signature(callee)) : null;
        if (own != null) {
            addSite(caller, own);
            return;
        }
        boolean dispatched =
                opcode == Instructions.INVOKEVIRTUAL || opcode == Instructions.INVOKEINTERFACE;
        var method = methods.get(caller).method();
        if (dispatched
                && callee.name().equals(method.methodName())
                && callee.type().equals(method.methodType())
                && !LEAVES.contains(callee.owner().asInternalName())) {
            delegations[caller]++;
        }
    }

    private void lookAtSite(int maker, InvokeDynamicEntry site) {
        for (var argument : site.bootstrap().arguments()) {
            if (!(argument instanceof MethodHandleEntry handle)) continue;
            var callee = handle.reference();
            if (!isOwn(callee)) continue;
            var index = bySignature.get(signature(callee));
            if (index == null) continue;
            // Who gets it may call it twice.
            addSite(maker, index);
            addSite(maker, index);
            if (isLambda(methods.get(index))) lambdas.set(index);
        }
    }

    private void addSite(int caller, int callee) {
        calls[caller].set(callee);
        sites.get(caller).add(callee);
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

    /// The methods with more than one place from which calls may lead back to them.
    private BitSet branching() {
        var cyclic = cyclic();
        var branching = new BitSet(calls.length);
        for (int method = 0; method < calls.length; method++) {
            long leadingBack = delegations[method];
            if (cyclic.get(method)) {
                leadingBack += sites.get(method).stream().filter(cyclic::get).count();
            }
            if (leadingBack > 1) branching.set(method);
        }
        return branching;
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
