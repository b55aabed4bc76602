package org.matgate.simulator.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Stops processes and lets them go on, as a machine does that has no time for them. Thread-safe. */
public final class Signals {
    /** The numbers of Linux on x86-64 and aarch64. */
    private static final int SIGCONT = 18;

    private static final int SIGSTOP = 19;

    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Signals() {}

    /** SIGSTOP; does nothing if the process is no more. */
    public static void stop(ProcessHandle process) {
        send(process, SIGSTOP);
    }

    /** SIGCONT; does nothing if the process is no more. */
    public static void goOn(ProcessHandle process) {
        send(process, SIGCONT);
    }

    private static void send(ProcessHandle process, int signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // It may have ended by now; its number is not given away before its parent knows.
            int unused = (int) KILL.invokeExact(Math.toIntExact(process.pid()), signal);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call threw", e);
        }
    }
}
