/** Bytes from and to a reader, over a serial port or TCP. */
@NullMarked
package org.matgate.gateway.link;

import org.jspecify.annotations.NullMarked;
