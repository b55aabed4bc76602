package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.reader.ReaderSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate probe}: what readers are there. */
@Command(
        name = "probe",
        description = {
            "Finds readers, and prints for each a [[reader]] to paste into matgate.toml.",
            "Without options it looks at every serial port of this machine. A port is first listened to at each usual"
                    + " speed; only one that is silent is asked, family by family, with questions that change nothing."
                    + " A port that another program holds is not opened.",
            "Takes about 15 s, however many ports there are.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:found a reader", " 1:found none", " 2:wrong call"})
public final class ProbeCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "DEV",
            arity = "1..*",
            description = "Only these serial ports, such as /dev/ttyUSB0.")
    private List<Path> ports = new ArrayList<>();

    @Option(
            names = "--net",
            paramLabel = "HOST",
            split = ",",
            description = "Only these hosts: HOST tries the ports on which readers usually listen, HOST:PORT that one."
                    + " A reader that serves another client is not taken away from it.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PortSearch machine;

    /** @param machine where to look for ports */
    ProbeCommand(PortSearch machine) {
        this.machine = machine;
    }

    /** Looks at this machine. */
    public ProbeCommand() {
        this(PortSearch.MACHINE);
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Screen screen = new Screen(spec);
        List<Config.Link.Tcp> addresses = new ArrayList<>();
        for (String host : hosts) {
            Optional<List<Config.Link.Tcp>> targets = NetTarget.parse(host.strip(), ReaderSearch.usualTcpPorts());
            if (targets.isEmpty()) {
                screen.error("matgate: --net " + host + " is no HOST and no HOST:PORT, such as 192.168.1.50:5084");
                return 2;
            }
            addresses.addAll(targets.get());
        }
        boolean everything = ports.isEmpty() && hosts.isEmpty();
        Probe probe = new Probe(
                new ReaderSearch(BoxClocks.open(Optional.empty())),
                machine.proc(),
                (what, doing) -> screen.progress(what + ": " + doing));
        ProbeText said =
                new ProbeText(probe.ports(everything ? machine.all() : machine.named(ports)), probe.hosts(addresses));
        if (json) {
            screen.line(said.json());
        } else {
            said.lines().forEach(screen::line);
        }
        return said.foundAny() ? 0 : 1;
    }
}
