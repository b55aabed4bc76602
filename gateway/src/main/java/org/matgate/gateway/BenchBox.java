package org.matgate.gateway;

import java.io.IOException;
import java.time.Duration;
import org.matgate.gateway.bench.Box;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;

/** The service as {@code matgate bench} sees it. Thread-safe. */
final class BenchBox implements Box {
    private final Gateway gateway;

    private BenchBox(Gateway gateway) {
        this.gateway = gateway;
    }

    static Box start(Config config) throws IOException {
        return new BenchBox(Gateway.start(config));
    }

    @Override
    public Journal journal() {
        return gateway.journal();
    }

    @Override
    public long behind() {
        return gateway.behind();
    }

    @Override
    public boolean awaitDelivered(Duration timeout) throws InterruptedException {
        return gateway.awaitDelivered(timeout);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
