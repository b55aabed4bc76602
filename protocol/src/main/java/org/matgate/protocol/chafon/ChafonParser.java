package org.matgate.protocol.chafon;

import org.matgate.protocol.reader.ReaderMessage;

/**
 * Finds a reader's frames in what a host hears, each a {@link ChafonMessage}; the tags of an inventory are its
 * {@link ReaderMessage#reports()}.
 *
 * <p>A frame does not say which of the two layouts its tags have. What fits a 288's exactly, with every length an even
 * number of bytes, is taken for it, else what fits a UHFReader18's; what fits neither is the general reply. That the
 * tags of a UHFReader18 also fit the other layout takes several EPCs made for it; {@link ChafonMessage.Inventory#in}
 * puts it right for those who know the reader.
 */
public final class ChafonParser extends ChafonLengthParser<ReaderMessage> {
    public ChafonParser() {
        super(ChafonFrame.REPLY_OVERHEAD);
    }

    @Override
    ReaderMessage message(byte[] head, byte[] data) {
        return ChafonMessages.decode(head[0] & 0xFF, head[1] & 0xFF, head[2] & 0xFF, data);
    }
}
