/** Measures the gateway's own parts beside what bounds them; run by {@code matsim bench}. */
@NullMarked
package org.matgate.gateway.bench;

import org.jspecify.annotations.NullMarked;
