package dev.bureau.testkit;

import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Gives each test of a [ProcessTest] its node, and judges what it leaves behind.
final class ProcessTestExtension implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(ProcessTestExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        ProcessTest how = annotation(context);
        TestNode node = TestNode.start(how.virtualTime(), Set.of(how.allows()));
        context.getStore(SPACE).put(TestNode.class, node);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        TestNode node = context.getStore(SPACE).remove(TestNode.class, TestNode.class);
        if (node != null) node.end();
    }

    /// That of the method, else of its class, else of the class around that.
    private static ProcessTest annotation(ExtensionContext context) {
        var found =
                AnnotationSupport.findAnnotation(
                        context.getRequiredTestMethod(), ProcessTest.class);
        Class<?> type = context.getRequiredTestClass();
        while (found.isEmpty() && type != null) {
            found = AnnotationSupport.findAnnotation(type, ProcessTest.class);
            type = type.getEnclosingClass();
        }
        return found.orElseThrow(() ->
                new IllegalStateException(
                        "expected @ProcessTest at the class " + context.getRequiredTestClass()));
    }
}
