package org.matgate.gateway.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.link.TcpPeers;
import org.matgate.gateway.reader.ReaderSearch;

/** Looks for readers on serial ports and hosts, several at a time. */
final class Probe {
    /** A search takes up to some 15 s; one whose device hangs is left. */
    static final long MOST_SECONDS = 60;

    private static final int AT_A_TIME = 8;

    /** What came of one serial port. */
    record PortResult(PortSearch.Port port, ReaderSearch.Result result) {}

    /** What came of one TCP port. */
    record HostResult(Config.Link.Tcp address, ReaderSearch.Result result) {}

    private final ReaderSearch search;
    private final Path proc;
    private final BiConsumer<String, String> progress;

    /**
     * A probe.
     *
     * @param proc where the kernel tells of connections
     * @param progress told which port is at what; from several threads
     */
    Probe(ReaderSearch search, Path proc, BiConsumer<String, String> progress) {
        this.search = search;
        this.proc = proc;
        this.progress = progress;
    }

    List<PortResult> ports(List<PortSearch.Port> ports) throws InterruptedException {
        List<ReaderSearch.Result> results = all(ports.stream()
                .<Callable<ReaderSearch.Result>>map(port -> () -> serial(port))
                .toList());
        List<PortResult> said = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            said.add(new PortResult(ports.get(i), results.get(i)));
        }
        return said;
    }

    private ReaderSearch.Result serial(PortSearch.Port port) {
        if (!port.holders().isEmpty()) {
            return new ReaderSearch.Unusable("held by " + String.join(", ", port.holders())
                    + ", so not touched; if that is matgate, `matgate status` tells of its reader");
        }
        // The speed is only where the search begins.
        Config.Link.Serial link = new Config.Link.Serial(port.name(), 115_200);
        String name = port.device().getFileName().toString();
        return search.serial(LinkOpeners.of(link), what -> progress.accept(name, what));
    }

    List<HostResult> hosts(List<Config.Link.Tcp> addresses) throws InterruptedException {
        List<ReaderSearch.Result> results = all(addresses.stream()
                .<Callable<ReaderSearch.Result>>map(address -> () -> tcp(address))
                .toList());
        List<HostResult> said = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            said.add(new HostResult(addresses.get(i), results.get(i)));
        }
        return said;
    }

    private ReaderSearch.Result tcp(Config.Link.Tcp address) {
        progress.accept(NetTarget.text(address), "connecting and listening");
        try {
            if (TcpPeers.connected(proc, InetAddress.getByName(address.host()), address.port())) {
                return new ReaderSearch.Unusable("this machine is connected to it already, so not touched;"
                        + " if that is matgate, `matgate status` tells of the reader");
            }
        } catch (UnknownHostException e) {
            return new ReaderSearch.Unusable("no such host is known; check the name, or use the IP address");
        }
        return search.tcp(LinkOpeners.of(address), ReaderSearch.familiesOn(address.port()));
    }

    private static List<ReaderSearch.Result> all(List<Callable<ReaderSearch.Result>> searches)
            throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(
                AT_A_TIME, Thread.ofPlatform().daemon().name("probe-", 1).factory());
        try {
            List<ReaderSearch.Result> results = new ArrayList<>();
            for (Future<ReaderSearch.Result> future : workers.invokeAll(searches, MOST_SECONDS, TimeUnit.SECONDS)) {
                results.add(result(future));
            }
            return results;
        } finally {
            workers.shutdownNow();
        }
    }

    private static ReaderSearch.Result result(Future<ReaderSearch.Result> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return new ReaderSearch.Unusable("given up after " + MOST_SECONDS + " s: the device hangs");
        } catch (ExecutionException e) {
            return new ReaderSearch.Unusable("the search failed: " + e.getCause());
        }
    }
}
