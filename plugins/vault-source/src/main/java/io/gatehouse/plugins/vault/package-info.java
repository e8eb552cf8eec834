/**
 * Secrets of HashiCorp Vault and OpenBao, over the HTTP API that both have: key-value version 2,
 * and users of databases, static and dynamic. Sees the plugin API, what sources over HTTP share,
 * and the JDK. A question leaves nothing behind but the token of a login, which is kept outside of
 * the heap.
 */
@NullMarked
package io.gatehouse.plugins.vault;

import org.jspecify.annotations.NullMarked;
