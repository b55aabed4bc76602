/** The journal's events for other programs: formats, and the way from the file to them. */
@NullMarked
package org.matgate.gateway.export;

import org.jspecify.annotations.NullMarked;
