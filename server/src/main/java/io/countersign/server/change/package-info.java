/** What a payload says, rendered for people from its very bytes: values in, values out. */
@NullMarked
package io.countersign.server.change;

import org.jspecify.annotations.NullMarked;
