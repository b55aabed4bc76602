package org.matgate.gateway;

/**
 * When the count of reads that found no room is told: at each look, but where nothing can be committed after twice as
 * long each time, as what is kept for this on a full disk is to last for a day. Not thread-safe.
 */
final class LossCounter {
    private long all;
    private long told;
    private boolean stuck;
    private long looks = 1;
    private long wait = 1;

    /**
     * Looks once; whether the count is to be told now.
     *
     * @param count how many found no room so far
     * @param nothingCommitted whether nothing but this can be committed
     */
    boolean due(long count, boolean nothingCommitted) {
        all = count;
        stuck = nothingCommitted;
        if (!stuck) {
            wait = 1;
        }
        return looks++ >= wait && all > told;
    }

    /** Whether there is something to tell at the end, however little time has passed. */
    boolean untold(long count) {
        return count > told;
    }

    /** It was told. */
    void told() {
        told = all;
        looks = 1;
        wait = stuck ? 2 * wait : 1;
    }
}
