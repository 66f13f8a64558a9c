@NullMarked
package io.countersign.server.notify;

import org.jspecify.annotations.NullMarked;
