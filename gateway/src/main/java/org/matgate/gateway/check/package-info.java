/** What is looked at before a race. */
@NullMarked
package org.matgate.gateway.check;

import org.jspecify.annotations.NullMarked;
