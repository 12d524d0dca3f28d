import java.io.FileInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Validates PDF files with veraPDF: {@code VeraCheck FLAVOUR=PROFILE ... -- FILE ...}.
 *
 * <p>Prints one line per file and flavour, then one line per failed rule with its first message. The exit code is 1 if
 * any file does not comply, 0 otherwise.
 */
public class VeraCheck {
  private static final String PROFILES = "org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    Map<String, String> profiles = new LinkedHashMap<>();
    int next = 0;
    for (; !arguments[next].equals("--"); next++) {
      String[] parts = arguments[next].split("=", 2);
      profiles.put(parts[0], parts[1]);
    }
    boolean allComply = true;
    for (int index = next + 1; index < arguments.length; index++) {
      for (Map.Entry<String, String> entry : profiles.entrySet()) {
        allComply &= complies(arguments[index], entry.getKey(), entry.getValue());
      }
    }
    System.exit(allComply ? 0 : 1);
  }

  private static boolean complies(String file, String flavourId, String profileName) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
    try (InputStream profileText = VeraCheck.class.getClassLoader().getResourceAsStream(PROFILES + profileName);
        InputStream content = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour)) {
      ValidationProfile profile = Profiles.profileFromXml(profileText);
      ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
      System.out.printf(
          "%s %s compliant=%b assertions=%d%n", file, flavourId, result.isCompliant(), result.getTotalAssertions());
      Map<String, String> failures = new LinkedHashMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          failures.putIfAbsent(rule, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
        }
      }
      failures.forEach((rule, message) -> System.out.println("   " + rule + ": " + message));
      return result.isCompliant();
    }
  }
}
