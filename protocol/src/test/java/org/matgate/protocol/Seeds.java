package org.matgate.protocol;

/** The seed of a randomised test: from {@code -Dseed=N} if given, else a new one; printed, so that a failure repeats. */
public final class Seeds {
    private Seeds() {}

    public static long seed(Class<?> test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test.getSimpleName() + " -Dseed=" + seed);
        return seed;
    }
}
