/** An endless race through a real box while everything goes wrong; the referee judges every cycle of it. */
@NullMarked
package org.matgate.simulator.torture;

import org.jspecify.annotations.NullMarked;
