package org.matgate.protocol.chafon;

import java.util.Optional;

/**
 * The readers that name themselves by a type in reply to 21. The manual of the UHFReader18 gives its own; the others are
 * as public drivers found them on the readers.
 */
enum ChafonType {
    RRU9803M(0x03, "RRU9803M (CF-RU5102)", ChafonLayout.READER18),
    RRU9803M_USB(0x08, "RRU9803M (CF-RU5102)", ChafonLayout.READER18),
    READER18(0x09, "UHFReader18", ChafonLayout.READER18),
    READER288M(0x0C, "UHFReader288M (CF-RU6402)", ChafonLayout.READER288),
    READER86_OLD(0x0F, "UHFReader86 (CF-MU904)", ChafonLayout.READER288),
    READER86(0x10, "UHFReader86 (CF-MU904)", ChafonLayout.READER288),
    READER288MP(0x20, "UHFReader288MP (CF-MU804)", ChafonLayout.READER288),
    READER288ADV(0x8B, "UHFReader288ADV (CF-RU6401)", ChafonLayout.READER288);

    private final int code;
    private final String model;
    private final ChafonLayout layout;

    ChafonType(int code, String model, ChafonLayout layout) {
        this.code = code;
        this.model = model;
        this.layout = layout;
    }

    static Optional<ChafonType> of(int code) {
        for (ChafonType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    String model() {
        return model;
    }

    ChafonLayout layout() {
        return layout;
    }
}
