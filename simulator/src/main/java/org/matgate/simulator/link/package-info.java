/** The reader's end of a cable: pseudo-terminals, serial ports, TCP. */
@NullMarked
package org.matgate.simulator.link;

import org.jspecify.annotations.NullMarked;
