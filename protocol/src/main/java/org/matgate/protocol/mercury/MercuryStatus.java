package org.matgate.protocol.mercury;

/** Status codes of Mercury replies: 0 is success, the high byte is the class of what went wrong. */
public final class MercuryStatus {
    public static final int OK = 0x0000;
    public static final int INVALID_OPCODE = 0x0101;
    public static final int INVALID_PARAMETER = 0x0105;
    /** Not a failure where a search ends without (further) tags. */
    public static final int NO_TAGS = 0x0400;

    public static final int NO_ANTENNA = 0x0503;
    public static final int TOO_HOT = 0x0504;
    public static final int HIGH_RETURN_LOSS = 0x0505;
    public static final int BAD_VOLTAGE = 0x0509;
    public static final int BUFFER_FULL = 0x0601;
    public static final int ASSERT_FAILED = 0x7F01;

    private MercuryStatus() {}

    /** What a status means, for people, with its number: "0503 no antenna connected". */
    public static String text(int status) {
        String meaning = switch (status) {
            case OK -> "ok";
            case 0x0100 -> "message has a wrong length";
            case INVALID_OPCODE -> "unknown command";
            case 0x0102 -> "unimplemented command";
            case 0x0103 -> "power too high";
            case 0x0104 -> "frequency not allowed";
            case INVALID_PARAMETER -> "invalid parameter";
            case 0x0106 -> "power too low";
            case 0x0109 -> "unimplemented feature";
            case 0x010A -> "invalid baud rate";
            case 0x010B -> "invalid region";
            case 0x0200 -> "application image is damaged";
            case NO_TAGS -> "no tags found";
            case 0x0500 -> "invalid frequency";
            case 0x0501 -> "channel occupied";
            case 0x0502 -> "transmitter already on";
            case NO_ANTENNA -> "no antenna connected";
            case TOO_HOT -> "module too hot";
            case HIGH_RETURN_LOSS -> "high return loss: antenna unplugged or damaged";
            case 0x0507 -> "invalid antenna";
            case BAD_VOLTAGE -> "supply voltage out of range";
            case BUFFER_FULL -> "tag buffer full";
            case 0x0602 -> "tag id given twice";
            case ASSERT_FAILED -> "internal error of the module";
            default -> "unknown status";
        };
        return "%04X %s".formatted(status, meaning);
    }
}
