package org.matgate.simulator.cli;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A QR code of characters, two modules high each. */
final class QrCode {
    /** What a scanner wants around it. */
    private static final int MARGIN = 4;

    private QrCode() {}

    /**
     * Draws it for a terminal that is dark: what is light in it is drawn. Capital letters need little room in it, so the
     * text is put into capitals.
     */
    static List<String> lines(String text) {
        BitMatrix dark = modules(text.toUpperCase(Locale.ROOT));
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < dark.getHeight(); y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < dark.getWidth(); x++) {
                boolean above = !dark.get(x, y);
                boolean below = y + 1 < dark.getHeight() && !dark.get(x, y + 1);
                line.append(above ? (below ? '█' : '▀') : (below ? '▄' : ' '));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static BitMatrix modules(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    MARGIN,
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.L));
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code holds " + text.length() + " characters", e);
        }
    }
}
