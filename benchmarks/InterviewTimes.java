// Walks recorded interviews in JavaRosa with the peers' JrTrace, several times, and prints for each interview one
// line: its id and the milliseconds of the last, warm walk: all answers, and the steps between the questions, in which
// JavaRosa makes the instances of counted repeats. Processor time of the walking thread counts, so that a busy machine
// does not slow it; collecting garbage is not in it.   InterviewTimes IN.jsonl PASSES
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.form.api.FormEntryController;

public class InterviewTimes {
    private static final int LONGEST_STEP = 3_000;
    private final JrTrace engine = new JrTrace();
    private long nanoseconds;

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        int passes = Integer.parseInt(arguments[1]);
        for (int pass = 1; pass <= passes; pass++) {
            for (String line : Files.readAllLines(Paths.get(arguments[0]), StandardCharsets.UTF_8)) {
                JsonNode trace = JrTrace.M.readTree(line);
                String time = new InterviewTimes().milliseconds(trace);
                if (pass == passes) {
                    out.println(trace.get("id").asText() + "\t" + time);
                }
            }
        }
        System.exit(0);
    }

    private String milliseconds(JsonNode trace) throws Exception {
        Path folder = Files.createTempDirectory("interview");
        Path form = folder.resolve("form.xml");
        Files.write(form, trace.get("form_xml").asText().getBytes(StandardCharsets.UTF_8));
        try {
            engine.load(form.toFile(), folder.toFile());
            walk(trace.get("steps"));
            return String.valueOf(nanoseconds / 1e6);
        } catch (RuntimeException broken) {
            return "failed";
        } finally {
            Files.delete(form);
            Files.delete(folder);
        }
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void walk(JsonNode steps) {
        engine.index = new HashMap<>();
        engine.ctl.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        for (JsonNode step : steps) {
            String op = step.get("op").asText();
            if (op.equals("visit")) {
                visit(step.get("event").asText(), step.get("ref").asText());
            } else if (op.equals("answer") || op.equals("try_answer")) {
                answer(step);
            } else if (op.equals("new_repeat")) {
                long began = processorTime();
                engine.ctl.newRepeat();
                nanoseconds += processorTime() - began;
            }
        }
    }

    private void visit(String event, String ref) {
        int wanted = event.equals("question") ? FormEntryController.EVENT_QUESTION
            : event.equals("repeat") ? FormEntryController.EVENT_REPEAT : FormEntryController.EVENT_PROMPT_NEW_REPEAT;
        long began = processorTime();
        for (int steps = 0; steps < LONGEST_STEP; steps++) {
            int found = engine.ctl.stepToNextEvent();
            if (found == FormEntryController.EVENT_END_OF_FORM
                    || found == wanted && ref.equals(engine.path(engine.model.getFormIndex().getReference()))) {
                break;
            }
        }
        nanoseconds += processorTime() - began;
    }

    private void answer(JsonNode step) {
        String ref = step.get("ref").asText();
        FormIndex place = engine.model.getFormIndex();
        if (step.has("revision") || !place.isInForm() || !ref.equals(engine.path(place.getReference()))) {
            place = engine.index.get(ref);
            if (place == null) {
                engine.reindex();
                place = engine.index.get(ref);
            }
        }
        if (place == null) {
            return;
        }
        String text = step.hasNonNull("value") ? step.get("value").asText() : null;
        IAnswerData answer = engine.cast(engine.model.getQuestionPrompt(place), text);
        long began = processorTime();
        engine.ctl.answerQuestion(place, answer, true);
        nanoseconds += processorTime() - began;
    }
}
