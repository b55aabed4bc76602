/** Wire formats shared by gateway, simulator and results engine. */
@NullMarked
package org.matgate.protocol;

import org.jspecify.annotations.NullMarked;
