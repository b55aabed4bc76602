/** The box's pins: the edges that are times, and what makes the box seen, heard and switched. */
@NullMarked
package org.matgate.gateway.gpio;

import org.jspecify.annotations.NullMarked;
