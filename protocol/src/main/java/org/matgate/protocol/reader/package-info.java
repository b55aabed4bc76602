/** What every reader family has in common: frames, tag reports, the reader's own time. Pure: no I/O, no clocks. */
@NullMarked
package org.matgate.protocol.reader;

import org.jspecify.annotations.NullMarked;
