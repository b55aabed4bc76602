/** Chafon UHFReader18 and UHFReader288 readers on a serial line, both directions. */
@NullMarked
package org.matgate.protocol.chafon;

import org.jspecify.annotations.NullMarked;
