// Replays recorded interviews in JavaRosa through the peers' JrTrace, twice, and prints the milliseconds that all
// answers of the second, warm pass took.   InterviewTimes IN.jsonl
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

public class InterviewTimes {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        double total = 0;
        int failed = 0;
        for (int pass = 0; pass < 2; pass++) {
            total = 0;
            failed = 0;
            for (String line : Files.readAllLines(Paths.get(arguments[0]), StandardCharsets.UTF_8)) {
                JsonNode trace = JrTrace.M.readTree(line);
                Path folder = Files.createTempDirectory("interview");
                Path form = folder.resolve("form.xml");
                Files.write(form, trace.get("form_xml").asText().getBytes(StandardCharsets.UTF_8));
                JrTrace interview = new JrTrace();
                try {
                    interview.load(form.toFile(), folder.toFile());
                    interview.replay(trace);
                } catch (Throwable broken) {
                    failed++;
                }
                total += interview.answerMs;
                Files.delete(form);
                Files.delete(folder);
            }
        }
        out.println(total + " " + failed);
        System.exit(0);
    }
}
