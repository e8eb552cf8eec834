package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Attacks on how a token is written, and on its header. */
final class HostileForms {
  private final HostileTokens all;

  HostileForms(HostileTokens all) {
    this.all = all;
    form();
    json();
    algorithms();
    signatures();
    headers();
  }

  private Forge forge() {
    return all.forge();
  }

  private void compact(String name, String token) {
    all.add(name, TokenRefusal.NOT_COMPACT, token);
  }

  private void form() {
    String sound = forge().token();
    String unsigned = sound.substring(0, sound.lastIndexOf('.'));
    compact("nothing", "");
    compact("one part", "abc");
    compact("two parts", unsigned);
    compact("four parts", sound + ".AAAA");
    all.add("only dots", TokenRefusal.NOT_JSON, "..");
    compact("a line break after it", sound + "\n");
    compact("a zero byte after it", sound + "\0");
    compact(
        "a space in its signature",
        sound.substring(0, sound.length() - 4) + " " + sound.substring(sound.length() - 4));
    compact("the word Bearer before it", "Bearer " + sound);
    compact("padding after it", sound + "==");
    compact("the other base64", unsigned.replaceFirst("\\.", "+.") + ".AA+/");
    compact("wide dots", sound.replace('.', '\uff0e'));
    compact("left-over bits in the signature", leftOver(sound));
    compact("JSON serialization", "{\"payload\":\"e30\",\"signatures\":[]}");
    all.add("longer than 32 KiB", TokenRefusal.TOO_LONG, forge().claim("x", "y".repeat(30_000)));
    all.add("a million dots", TokenRefusal.TOO_LONG, ".".repeat(1_000_000));
    compact("32 Ki dots", ".".repeat(32 * 1_024));
    all.add("encrypted, five parts", TokenRefusal.ENCRYPTED, "e30.e30.e30.e30.e30");
    all.add("encrypted, three parts", TokenRefusal.ENCRYPTED, forge().header("enc", "A256GCM"));
  }

  /** A signature of 256 bytes ends with a character of which four bits say nothing. */
  private static String leftOver(String token) {
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
  }

  private void json() {
    byte[] header = forge().headerJson().getBytes(StandardCharsets.UTF_8);
    byte[] claims = forge().claimsJson().getBytes(StandardCharsets.UTF_8);
    all.add(
        "header is no JSON",
        TokenRefusal.NOT_JSON,
        forge().tokenOf("alg".getBytes(StandardCharsets.UTF_8), claims));
    all.add("claims are no JSON", TokenRefusal.NOT_JSON, forge().tokenOfClaims("alice"));
    all.add("claims are an array", TokenRefusal.NOT_JSON, forge().tokenOfClaims("[{}]"));
    all.add("claims are empty", TokenRefusal.NOT_JSON, forge().tokenOfClaims(""));
    all.add("comment in the claims", TokenRefusal.NOT_JSON, forge().tokenOfClaims("{/* */}"));
    all.add(
        "bytes after the claims",
        TokenRefusal.NOT_JSON,
        forge().tokenOfClaims(forge().claimsJson() + "{}"));
    all.add(
        "byte order mark",
        TokenRefusal.NOT_JSON,
        forge().tokenOfClaims("\ufeff" + forge().claimsJson()));
    all.add("half a character", TokenRefusal.NOT_JSON, forge().claimText("x", "\"\\ud800\""));
    byte[] broken = claims.clone();
    broken[broken.length / 2] = (byte) 0xff;
    all.add("claims are not UTF-8", TokenRefusal.NOT_JSON, forge().tokenOf(header, broken));
    all.add("claim twice", TokenRefusal.REPEATED_NAME, forge().claimText("sub", "\"bob\""));
    all.add(
        "claim twice, once escaped",
        TokenRefusal.REPEATED_NAME,
        forge().claimText("s\\u0075b", "\"bob\""));
    all.add(
        "name twice in the header",
        TokenRefusal.REPEATED_NAME,
        forge().headerText("alg", "\"none\""));
    all.add(
        "name twice inside a claim",
        TokenRefusal.REPEATED_NAME,
        forge().claimText("act", "{\"sub\":\"a\",\"sub\":\"b\"}"));
    all.add(
        "fifty thousand brackets",
        TokenRefusal.TOO_BIG,
        forge().claimText("x", "[".repeat(20_000)));
    all.add(
        "claims as deep as a well",
        TokenRefusal.TOO_BIG,
        forge().claimText("x", "[".repeat(40) + "]".repeat(40)));
    all.add(
        "too many values",
        TokenRefusal.TOO_BIG,
        forge().claimText("x", "[" + "1,".repeat(5_000) + "1]"));
    all.add("number without end", TokenRefusal.NOT_JSON, forge().claimText("x", "1e999999999"));
    all.add("not a number", TokenRefusal.NOT_JSON, forge().without("exp").claimText("exp", "NaN"));
  }

  private void algorithms() {
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      all.add(
          "algorithm " + none, TokenRefusal.UNSIGNED, forge().header("alg", none).unsigned() + ".");
    }
    all.add("algorithm none, signed", TokenRefusal.UNSIGNED, forge().header("alg", "none"));
    all.add("signature left out", TokenRefusal.UNSIGNED, forge().unsigned() + ".");
    byte[] published = publicKey();
    for (String mac : List.of("HS256", "HS384", "HS512")) {
      all.add(
          mac + " with the public key",
          TokenRefusal.SYMMETRIC,
          forge().header("alg", mac).mac(published));
    }
    all.add("no algorithm", TokenRefusal.ALGORITHM_UNKNOWN, forge().withoutHeader("alg"));
    all.add(
        "algorithm is a list",
        TokenRefusal.ALGORITHM_UNKNOWN,
        forge().header("alg", List.of("RS256")));
    for (String unknown :
        List.of("rs256", "RS256 ", "ES256K", "RS1", "dir", "PBES2-HS256+A128KW", "")) {
      all.add(
          "algorithm \"" + unknown + "\"",
          TokenRefusal.ALGORITHM_UNKNOWN,
          forge().header("alg", unknown));
    }
    for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS512)) {
      all.add(
          other + " is not allowed",
          TokenRefusal.ALGORITHM_NOT_ALLOWED,
          forge().key(all.home.keys().current(), other));
    }
    all.add(
        "RSA key said to be of a curve", TokenRefusal.KEY_UNFIT, forge().header("alg", "ES256"));
    all.add("RSA key said to be Ed25519", TokenRefusal.KEY_UNFIT, forge().header("alg", "EdDSA"));
    JWK curve = all.home.keys().curve();
    all.home.keys().publish(curve);
    all.add(
        "key of a curve said to be RSA",
        TokenRefusal.KEY_UNFIT,
        forge().header("kid", curve.getKeyID()));
    all.add(
        "curve of zeros",
        TokenRefusal.SIGNATURE_WRONG,
        unsignedBy(curve) + "." + Forge.base64(new byte[64]));
    all.add(
        "DER signature",
        TokenRefusal.SIGNATURE_WRONG,
        der(forge().key(curve, JWSAlgorithm.ES256).token()));
  }

  private String unsignedBy(JWK curve) {
    return forge().key(curve, JWSAlgorithm.ES256).unsigned();
  }

  private byte[] publicKey() {
    try {
      return all.home.keys().current().toRSAKey().toRSAPublicKey().getEncoded();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String der(String token) {
    try {
      int dot = token.lastIndexOf('.');
      byte[] plain = new Base64URL(token.substring(dot + 1)).decode();
      return token.substring(0, dot + 1) + Forge.base64(ECDSA.transcodeSignatureToDER(plain));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void signatures() {
    String sound = forge().token();
    String signature = sound.substring(sound.lastIndexOf('.'));
    all.add(
        "signature of zeros",
        TokenRefusal.SIGNATURE_WRONG,
        forge().unsigned() + "." + Forge.base64(new byte[256]));
    all.add("signature of one byte", TokenRefusal.SIGNATURE_WRONG, forge().unsigned() + ".AA");
    all.add(
        "signature cut short",
        TokenRefusal.SIGNATURE_WRONG,
        sound.substring(0, sound.length() - 6));
    all.add(
        "signature of another token",
        TokenRefusal.SIGNATURE_WRONG,
        forge().claim("sub", "admin").unsigned() + signature);
    all.add(
        "header changed",
        TokenRefusal.SIGNATURE_WRONG,
        forge().header("x", "y").unsigned() + signature);
    all.add(
        "RSA-PSS said to be PKCS #1",
        TokenRefusal.SIGNATURE_WRONG,
        forge().keySecretly(all.home.keys().current(), JWSAlgorithm.PS256));
    all.add(
        "another digest than it says",
        TokenRefusal.SIGNATURE_WRONG,
        forge().keySecretly(all.home.keys().current(), JWSAlgorithm.RS512));
  }

  private void headers() {
    TokenRefusal refusal = TokenRefusal.HEADER_NOT_ALLOWED;
    all.add("critical claim", refusal, forge().header("crit", List.of("exp")).header("exp", 1));
    all.add("critical nothing", refusal, forge().header("crit", List.of()));
    all.add(
        "payload not encoded",
        refusal,
        forge().header("crit", List.of("b64")).header("b64", false));
    all.add("payload not encoded, uncritically", refusal, forge().header("b64", false));
    all.add("token in a token", refusal, forge().header("cty", "JWT"));
    all.add("compressed", refusal, forge().header("zip", "DEF"));
    for (String type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "application/json", "")) {
      all.add("type \"" + type + "\"", TokenRefusal.TYPE_NOT_ALLOWED, forge().header("typ", type));
    }
    all.add("no type", TokenRefusal.TYPE_NOT_ALLOWED, forge().withoutHeader("typ"));
    all.add("type is an object", TokenRefusal.TYPE_NOT_ALLOWED, forge().header("typ", Map.of()));
    all.add(
        "JWT where at+jwt is wanted",
        TokenRefusal.TYPE_NOT_ALLOWED,
        all.partnerForge().header("typ", "JWT"));
  }
}
