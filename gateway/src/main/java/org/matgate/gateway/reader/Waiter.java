package org.matgate.gateway.reader;

/** Waits, unless it is time to stop. */
@FunctionalInterface
interface Waiter {
    /**
     * Waits {@code nanos}, or until the loop is to stop.
     *
     * @return whether it is to stop
     */
    boolean await(long nanos);
}
