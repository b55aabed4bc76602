/** The only place that reads clocks, and what may be believed of them. */
@NullMarked
package org.matgate.gateway.clock;

import org.jspecify.annotations.NullMarked;
