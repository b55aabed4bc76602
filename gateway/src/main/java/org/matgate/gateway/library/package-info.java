/** Native libraries of others, kept on disk. */
@NullMarked
package org.matgate.gateway.library;

import org.jspecify.annotations.NullMarked;
