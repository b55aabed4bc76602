/** The box's append-only log of events, in SQLite. */
@NullMarked
package org.matgate.gateway.journal;

import org.jspecify.annotations.NullMarked;
