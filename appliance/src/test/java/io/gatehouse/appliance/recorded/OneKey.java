package io.gatehouse.appliance.recorded;

import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows its certificate to whoever asks for one, even to those who would not take it. */
final class OneKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "the one";

  private final X509Bundle leaf;

  OneKey(X509Bundle leaf) {
    this.leaf = leaf;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return ALIAS;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return leaf.getCertificatePath();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return leaf.getKeyPair().getPrivate();
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("a client");
  }
}
