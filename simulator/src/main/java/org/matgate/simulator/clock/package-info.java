/** The clocks of simulated boxes, as functions of the truth. */
@NullMarked
package org.matgate.simulator.clock;

import org.jspecify.annotations.NullMarked;
