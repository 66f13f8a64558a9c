package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.InboxType;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Risk;
import io.countersign.server.approval.Inbox.View;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants listed out of the words of a query. */
final class InboxReader {

    /** What narrows a list, in the reader's words. */
    record Narrowing(
            @Nullable List<String> types,
            @Nullable String project,
            @Nullable String environment,
            @Nullable String cluster,
            @Nullable List<String> risks,
            @Nullable List<String> states,
            @Nullable String requester,
            @Nullable String text) {}

    private static final List<String> STATES = List.of(
            "pending",
            "approved",
            "executing",
            "executed",
            "denied",
            "expired",
            "cancelled",
            "grant-expired",
            "revoked");
    private static final List<String> RISKS = words(Risk.values());
    private static final List<String> TYPES = words(InboxType.values());
    private static final Set<View> BY_DEADLINE = Set.of(View.MINE, View.WAITING, View.PENDING);
    private static final Pattern NUMBER = Pattern.compile("(?i)(AR-)?([1-9][0-9]{0,17})");
    private static final int LONGEST_TEXT = 200;

    private InboxReader() {}

    static Inbox.Wanted wanted(
            String view, String order, Narrowing narrowing, DirectoryImage directory, Paging paging) {
        View which = word(view, "view", View.values());
        InboxOrder how = word(order, "order", InboxOrder.values());
        if (how == InboxOrder.DEADLINE && !BY_DEADLINE.contains(which)) {
            throw ProblemException.badField(
                    "wrong-value", "order", "only what is pending has a deadline ahead: `order` is newest here");
        }
        return new Inbox.Wanted(which, filter(narrowing, directory), how, how.mark(paging.after()), paging.limit());
    }

    static InboxFilter filter(Narrowing wanted, DirectoryImage directory) {
        @Nullable
        String text = wanted.text() == null || wanted.text().isBlank()
                ? null
                : wanted.text().strip();
        if (text != null && text.length() > LONGEST_TEXT) {
            throw ProblemException.badField("too-long", "q", "`q` has at most " + LONGEST_TEXT + " characters");
        }
        Matcher number = NUMBER.matcher(text == null ? "" : text);
        boolean isNumber = number.matches();
        boolean isName = isNumber && number.group(1) != null;
        return new InboxFilter(
                wanted.types() == null ? null : actions(known(wanted.types(), "type", TYPES), directory),
                id(wanted.project(), name -> directory.resourceId(ResourceLevel.PROJECT, name)),
                id(wanted.environment(), name -> directory.resourceId(ResourceLevel.ENVIRONMENT, name)),
                id(wanted.cluster(), name -> directory.resourceId(ResourceLevel.CLUSTER, name)),
                wanted.risks() == null ? null : known(wanted.risks(), "risk", RISKS),
                wanted.states() == null ? null : known(wanted.states(), "state", STATES),
                id(wanted.requester(), name -> principal(name, directory)),
                isNumber ? (Long) Long.parseLong(number.group(2)) : null,
                text != null && text.startsWith("@")
                        ? principal(text, directory).orElse(null)
                        : null,
                isName ? null : text);
    }

    /** The id of what is named; of what nobody knows, an id that nothing has. */
    private static @Nullable String id(@Nullable String name, Function<String, Optional<String>> find) {
        return name == null ? null : find.apply(name).orElse("none");
    }

    private static Optional<String> principal(String name, DirectoryImage directory) {
        return directory.principal(name).map(Principal::id);
    }

    private static List<String> actions(List<String> types, DirectoryImage directory) {
        Set<InboxType> wanted = types.stream()
                .map(type -> InboxType.valueOf(type.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        return directory.actions().all().stream()
                .filter(action -> action.inboxTypes().stream().anyMatch(wanted::contains))
                .map(ActionType::id)
                .toList();
    }

    private static List<String> known(List<String> given, String field, List<String> words) {
        List<String> lower = given.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        lower.stream().filter(word -> !words.contains(word)).findFirst().ifPresent(unknown -> {
            throw unknown(unknown, field, words);
        });
        return lower;
    }

    private static <T extends Enum<T>> T word(String given, String field, T[] all) {
        return Arrays.stream(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(given))
                .findFirst()
                .orElseThrow(() -> unknown(given, field, words(all)));
    }

    private static List<String> words(Enum<?>[] all) {
        return Stream.of(all).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static ProblemException unknown(String word, String field, List<String> words) {
        return ProblemException.badField(
                "unknown-word", field, "`" + word + "` is none of " + String.join(", ", words));
    }
}
