/// A Java agent around the weaver: [Agent] is what the JVM starts, [Settings] what it is told, [WeavingTransformer] what
/// it does with each class, [Sight] which class loaders it does that for.
package dev.bureau.agent;
