/** ThingMagic/JADAK Mercury modules (M6e, M6e Nano, M7e) on a serial line, both directions. */
@NullMarked
package org.matgate.protocol.mercury;

import org.jspecify.annotations.NullMarked;
