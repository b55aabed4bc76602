/** The reader's side of each wire protocol. */
@NullMarked
package org.matgate.simulator.reader;

import org.jspecify.annotations.NullMarked;
