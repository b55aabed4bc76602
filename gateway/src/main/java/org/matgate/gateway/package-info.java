/** The service on the box: {@link org.matgate.gateway.Gateway} puts its parts together. */
@NullMarked
package org.matgate.gateway;

import org.jspecify.annotations.NullMarked;
