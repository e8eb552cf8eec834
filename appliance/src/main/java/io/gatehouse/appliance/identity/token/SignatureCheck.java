package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Whether a signature is that of a key. */
final class SignatureCheck {
  private SignatureCheck() {}

  static void require(CompactToken token, SignatureAlgorithm algorithm, PublishedKey key)
      throws RefusedTokenException {
    switch (key) {
      case PublishedKey.Unusable unusable ->
          throw new RefusedTokenException(TokenRefusal.KEY_UNUSABLE);
      case PublishedKey.Usable usable -> {
        if (!usable.fits(algorithm)) {
          throw new RefusedTokenException(TokenRefusal.KEY_UNFIT);
        }
        if (token.signature().length == 0) {
          throw new RefusedTokenException(TokenRefusal.UNSIGNED);
        }
        if (!verified(token, algorithm, usable.key())) {
          throw new RefusedTokenException(TokenRefusal.SIGNATURE_WRONG);
        }
      }
    }
  }

  private static boolean verified(CompactToken token, SignatureAlgorithm algorithm, PublicKey key) {
    try {
      return switch (algorithm.form()) {
        case RSA -> nimbus(new RSASSAVerifier((RSAPublicKey) key), token, algorithm);
        case P256, P384, P521 -> nimbus(new ECDSAVerifier((ECPublicKey) key), token, algorithm);
        case ED25519 -> edwards(token, key);
      };
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean nimbus(
      JWSVerifier verifier, CompactToken token, SignatureAlgorithm algorithm) throws JOSEException {
    return verifier.verify(
        new JWSHeader(algorithm.standard()), token.signed(), Base64URL.encode(token.signature()));
  }

  private static boolean edwards(CompactToken token, PublicKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.signed());
    return signature.verify(token.signature());
  }
}
