package org.matgate.gateway.gpio;

/**
 * The kernel's GPIO character device, version 2 ({@code <linux/gpio.h>}, since Linux 5.10), and {@code <poll.h>}. The
 * structs have fixed-width fields only, so the layout is one for all 64-bit Linux. {@code GpioAbiTest} holds each of
 * these against the C header.
 *
 * <table>
 * <caption>Fields in use</caption>
 * <tr><th>struct</th><th>size</th><th>offset</th><th>field</th></tr>
 * <tr><td>gpiochip_info</td><td>68</td><td>0</td><td>char name[32]</td></tr>
 * <tr><td></td><td></td><td>32</td><td>char label[32]</td></tr>
 * <tr><td></td><td></td><td>64</td><td>u32 lines</td></tr>
 * <tr><td>gpio_v2_line_info</td><td>256</td><td>0</td><td>char name[32]</td></tr>
 * <tr><td></td><td></td><td>32</td><td>char consumer[32]</td></tr>
 * <tr><td></td><td></td><td>64</td><td>u32 offset: the line's number</td></tr>
 * <tr><td></td><td></td><td>72</td><td>u64 flags</td></tr>
 * <tr><td>gpio_v2_line_request</td><td>592</td><td>0</td><td>u32 offsets[64]</td></tr>
 * <tr><td></td><td></td><td>256</td><td>char consumer[32]</td></tr>
 * <tr><td></td><td></td><td>288</td><td>u64 config.flags</td></tr>
 * <tr><td></td><td></td><td>560</td><td>u32 num_lines</td></tr>
 * <tr><td></td><td></td><td>564</td><td>u32 event_buffer_size</td></tr>
 * <tr><td></td><td></td><td>588</td><td>s32 fd</td></tr>
 * <tr><td>gpio_v2_line_values</td><td>16</td><td>0</td><td>u64 bits</td></tr>
 * <tr><td></td><td></td><td>8</td><td>u64 mask</td></tr>
 * <tr><td>gpio_v2_line_event</td><td>48</td><td>0</td><td>u64 timestamp_ns, CLOCK_MONOTONIC</td></tr>
 * <tr><td></td><td></td><td>8</td><td>u32 id: 1 rising, 2 falling</td></tr>
 * <tr><td></td><td></td><td>20</td><td>u32 line_seqno, from 1</td></tr>
 * <tr><td>pollfd</td><td>8</td><td>0</td><td>int fd</td></tr>
 * <tr><td></td><td></td><td>4</td><td>short events</td></tr>
 * <tr><td></td><td></td><td>6</td><td>short revents</td></tr>
 * </table>
 */
final class GpioAbi {
    static final long GET_CHIPINFO = 0x8044B401L;
    static final long GET_LINEINFO = 0xC100B405L;
    static final long GET_LINE = 0xC250B407L;
    static final long GET_VALUES = 0xC010B40EL;

    static final int NAME_BYTES = 32;

    static final long CHIP_INFO_BYTES = 68;
    static final long CHIP_LABEL = 32;
    static final long CHIP_LINES = 64;

    static final long LINE_INFO_BYTES = 256;
    static final long LINE_CONSUMER = 32;
    static final long LINE_OFFSET = 64;
    static final long LINE_FLAGS = 72;

    static final long REQUEST_BYTES = 592;
    static final long REQUEST_CONSUMER = 256;
    static final long REQUEST_FLAGS = 288;
    static final long REQUEST_NUM_LINES = 560;
    static final long REQUEST_BUFFER = 564;
    static final long REQUEST_FD = 588;

    static final long VALUES_BYTES = 16;
    static final long VALUES_MASK = 8;

    static final long EVENT_BYTES = 48;
    static final long EVENT_ID = 8;
    static final long EVENT_LINE_SEQNO = 20;
    static final int RISING = 1;

    static final long FLAG_USED = 1;
    static final long FLAG_INPUT = 1 << 2;
    static final long FLAG_OUTPUT = 1 << 3;
    static final long FLAG_EDGE_RISING = 1 << 4;
    static final long FLAG_EDGE_FALLING = 1 << 5;
    static final long FLAG_PULL_UP = 1 << 8;
    static final long FLAG_PULL_DOWN = 1 << 9;
    static final long FLAG_NO_BIAS = 1 << 10;

    static final long POLLFD_BYTES = 8;
    static final long POLLFD_EVENTS = 4;
    static final long POLLFD_REVENTS = 6;
    static final short POLLIN = 1;

    private GpioAbi() {}
}
