package org.matgate.protocol.receiver;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the first failure of a kind, which is worth a line in the log, from its repetitions, which are counted. */
final class RepeatLog {
    /** So many kinds are remembered; then the oldest is forgotten and would be logged again. */
    private static final int MOST_KINDS = 1024;

    /** So many lines a minute: a client that gives ever other names, or comes from ever other addresses, is no news. */
    static final int MOST_IN_A_MINUTE = 30;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private int thisMinute;
    private long untold;

    /** Counts one more of this kind by this client; true for the first, unless too many were first in this minute. */
    boolean first(String client, String kind) {
        boolean first = counts.merge(client + ' ' + kind, 1L, Long::sum) == 1;
        if (counts.size() > MOST_KINDS) {
            counts.remove(counts.keySet().iterator().next());
        }
        if (first && thisMinute++ >= MOST_IN_A_MINUTE) {
            untold++;
            return false;
        }
        return first;
    }

    /** A new minute begins. Returns how many firsts the last one left untold. */
    long minute() {
        long was = untold;
        untold = 0;
        thisMinute = 0;
        return was;
    }

    /** The client is well again: what fails next is news. Returns how many failures were counted. */
    long recovered(String client) {
        long[] sum = {0};
        counts.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().startsWith(client + ' ');
            sum[0] += its ? entry.getValue() : 0;
            return its;
        });
        return sum[0];
    }
}
