/** Events, the read stream's messages and their encoding. Pure: no I/O, no clocks. */
@NullMarked
package org.matgate.protocol.stream;

import org.jspecify.annotations.NullMarked;
