package org.matgate.protocol.chafon;

/** How a reader puts the tags of an inventory; which of the two, depends on its type. */
public enum ChafonLayout {
    /** UHFReader18: {@code NUM {LEN EPC}*}, no antenna, no signal strength. */
    READER18,
    /** UHFReader288 and its series: {@code ANT NUM {LEN EPC RSSI}*}, one bit an antenna. */
    READER288
}
