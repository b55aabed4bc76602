package org.matgate.simulator.bench;

import java.util.List;

/** Something that is measured by itself and gives a few lines of the table. */
interface Part {
    /**
     * Measures it.
     *
     * @throws Exception if that is not possible; the text says why
     */
    List<Row> measure(Ground ground) throws Exception;
}
