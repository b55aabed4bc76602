package org.matgate.protocol.r2000;

/**
 * A command and the module that it is for.
 *
 * @param address 0 to 254 for the module of this address, or {@link #ANY}
 */
public record R2000Addressed(int address, R2000Command command) {
    /** Whoever hears it obeys, and answers with its own address. */
    public static final int ANY = 0xFF;
    /** The address that modules come with. */
    public static final int USUAL = 0x01;

    public R2000Addressed {
        R2000Frame.check("address", address, 0, 0xFF);
    }

    /** The request's frame, ready for the wire. */
    public byte[] encode() {
        return command.encode(address);
    }
}
