package dev.bureau.cli;

import dev.bureau.shell.attach.NodeList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `bureau nodes`: what can be attached to.
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "List your nodes that run on this machine and have a name.")
final class NodesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println(NodeList.find());
        return 0;
    }
}
