/** Captured input, played again. */
@NullMarked
package org.matgate.simulator.replay;

import org.jspecify.annotations.NullMarked;
