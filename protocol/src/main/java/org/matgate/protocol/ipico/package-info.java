/** IPICO dual-frequency mats: ASCII lines on a serial line or TCP, both directions. */
@NullMarked
package org.matgate.protocol.ipico;

import org.jspecify.annotations.NullMarked;
