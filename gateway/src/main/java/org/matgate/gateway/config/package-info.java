/** The box's configuration file. */
@NullMarked
package org.matgate.gateway.config;

import org.jspecify.annotations.NullMarked;
