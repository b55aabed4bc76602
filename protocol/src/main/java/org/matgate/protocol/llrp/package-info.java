/** LLRP 1.0.1 and 1.1 (Impinj, Zebra and others) over TCP, both directions. */
@NullMarked
package org.matgate.protocol.llrp;

import org.jspecify.annotations.NullMarked;
