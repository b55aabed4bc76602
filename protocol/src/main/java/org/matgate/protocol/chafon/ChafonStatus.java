package org.matgate.protocol.chafon;

/**
 * How a reader's reply says that it went: one byte.
 *
 * <p>Sources: UHFReader18 user's manual V2.0, chapter 5; 26, 28 and F8 are the 288's.
 */
public final class ChafonStatus {
    public static final int OK = 0x00;
    /** The inventory has ended by itself. */
    public static final int DONE = 0x01;
    /** The inventory has ended because its time was over. */
    public static final int TIMEOUT = 0x02;
    /** More frames of the same inventory follow. */
    public static final int MORE = 0x03;
    /** The inventory has ended because the reader's memory was full: tags were seen and forgotten. */
    public static final int MEMORY_FULL = 0x04;
    /** The parameter holds, but only until the power goes. */
    public static final int NOT_KEPT = 0x13;
    /** Behind an inventory that asked for it: how many tags a second, and in all. */
    public static final int STATISTICS = 0x26;
    /** In real-time mode: no tag for some time. */
    public static final int HEARTBEAT = 0x28;
    /** No antenna, or a bad one, at the port in use. */
    public static final int ANTENNA_ERROR = 0xF8;

    public static final int EXECUTION_ERROR = 0xF9;
    public static final int NO_TAG = 0xFB;
    public static final int WRONG_LENGTH = 0xFD;
    /** The command is none of the reader's, or its checksum was wrong; the reply then names command 00. */
    public static final int ILLEGAL_COMMAND = 0xFE;

    public static final int PARAMETER_ERROR = 0xFF;

    private ChafonStatus() {}

    /** The status in hexadecimal with its meaning, for people. */
    public static String text(int status) {
        String meaning = switch (status) {
            case OK -> "done";
            case DONE -> "inventory done";
            case TIMEOUT -> "inventory time over";
            case MORE -> "more frames follow";
            case MEMORY_FULL -> "reader memory full";
            case 0x05 -> "wrong access password";
            case NOT_KEPT -> "parameter not kept beyond power-off";
            case 0x14 -> "power cannot be changed";
            case STATISTICS -> "statistics";
            case HEARTBEAT -> "heartbeat";
            case ANTENNA_ERROR -> "antenna missing or bad";
            case EXECUTION_ERROR -> "command failed";
            case 0xFA -> "poor communication with the tag";
            case NO_TAG -> "no tag";
            case 0xFC -> "tag reports an error";
            case WRONG_LENGTH -> "wrong length of command";
            case ILLEGAL_COMMAND -> "unknown command";
            case PARAMETER_ERROR -> "wrong parameter";
            default -> "unknown status";
        };
        return "%02X %s".formatted(status, meaning);
    }
}
