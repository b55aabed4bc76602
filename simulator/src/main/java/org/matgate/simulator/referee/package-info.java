/** Compares what an engine holds with what truly happened. */
@NullMarked
package org.matgate.simulator.referee;

import org.jspecify.annotations.NullMarked;
