/** Delivers the journal to results engines. */
@NullMarked
package org.matgate.gateway.uplink;

import org.jspecify.annotations.NullMarked;
