/** R2000-class modules that speak frames beginning with A0, on a serial line or TCP, both directions. */
@NullMarked
package org.matgate.protocol.r2000;

import org.jspecify.annotations.NullMarked;
