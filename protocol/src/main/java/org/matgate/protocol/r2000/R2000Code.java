package org.matgate.protocol.r2000;

/** What a module answers to a command that has no other answer, or that it cannot obey. */
public final class R2000Code {
    public static final int OK = 0x10;
    public static final int FAIL = 0x11;
    /** The module restarted while it was to do something. */
    public static final int MCU_RESET = 0x20;

    public static final int ANTENNA_MISSING = 0x22;
    public static final int INVENTORY_ERROR = 0x31;
    /** Not a failure where an inventory finds none. */
    public static final int NO_TAG = 0x36;

    public static final int INVALID_PARAMETER = 0x41;
    public static final int INVALID_ANTENNA = 0x47;
    public static final int INVALID_POWER = 0x48;
    public static final int INVALID_REGION = 0x49;
    public static final int INVALID_BAUD = 0x4A;
    /** The transmitter's synthesiser found no lock. */
    public static final int PLL_LOCK = 0x52;

    public static final int RF_CHIP_SILENT = 0x53;
    /** As a module says that is too hot for its power. */
    public static final int POWER_NOT_REACHED = 0x54;

    public static final int RETURN_LOSS_FAILED = 0xEE;

    private R2000Code() {}

    /** What a code means, for people, with its number: "22 antenna missing". */
    public static String text(int code) {
        return "%02X %s".formatted(code, meaning(code));
    }

    private static String meaning(int code) {
        return switch (code) {
            case OK -> "ok";
            case FAIL -> "failed";
            case MCU_RESET -> "module restarted";
            case 0x21 -> "carrier cannot be switched on";
            case ANTENNA_MISSING -> "antenna missing";
            case 0x23 -> "flash cannot be written";
            case 0x24 -> "flash cannot be read";
            case 0x25 -> "power cannot be set";
            case INVENTORY_ERROR -> "inventory failed";
            case NO_TAG -> "no tag";
            case INVALID_PARAMETER -> "invalid parameter";
            case 0x46 -> "invalid address";
            case INVALID_ANTENNA -> "invalid antenna";
            case INVALID_POWER -> "invalid power";
            case INVALID_REGION -> "invalid region";
            case INVALID_BAUD -> "invalid baud rate";
            case 0x4F -> "invalid range of frequencies";
            case 0x50 -> "no random number from the tag";
            case PLL_LOCK -> "synthesiser without lock";
            case RF_CHIP_SILENT -> "radio chip does not answer";
            case POWER_NOT_REACHED -> "power not reached";
            case 0x55 -> "firmware not genuine";
            case 0x56 -> "radio rules cannot be set";
            case 0x57 -> "power too low";
            case RETURN_LOSS_FAILED -> "return loss cannot be measured";
            default -> code >= 0x40 && code <= 0x4F ? "invalid parameter" : "unknown code";
        };
    }

    /** Whether it says that the module does not know the command, or not in this form. */
    public static boolean isRefusal(int code) {
        return code == FAIL || (code >= 0x40 && code <= 0x4F);
    }
}
