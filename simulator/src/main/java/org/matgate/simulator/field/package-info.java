/** What antennas see of runners who pass. */
@NullMarked
package org.matgate.simulator.field;

import org.jspecify.annotations.NullMarked;
