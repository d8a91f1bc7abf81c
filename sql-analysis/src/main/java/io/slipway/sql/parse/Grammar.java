package io.slipway.sql.parse;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.pgcodekeeper.core.parsers.antlr.base.AntlrParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/**
 * Makes parsers, and bounds what they learn. ANTLR notes each decision that it has made for the next time, in static fields and for
 * ever; new kinds of statements would fill the memory of a service that runs for months. Here the notes are the adapter's own, and
 * are thrown away when they have become too many: parsers at work keep theirs to their end, the next ones begin anew.
 */
final class Grammar {
    /**
     * A state takes 2.3 KiB, as measured, so these take 46 MiB. The statements of the regression tests need 2,200 of them, and
     * forty thousand scripts with random mistakes in them 4,000.
     */
    private static final int MAX_STATES = 20_000;

    /** Counting takes some microseconds. */
    private static final int PARSES_BETWEEN_COUNTS = 64;

    static final Grammar SHARED = new Grammar(MAX_STATES, PARSES_BETWEEN_COUNTS);

    private final AtomicInteger parses = new AtomicInteger();
    private final int maxStates;
    private final int parsesBetweenCounts;
    private volatile Notes notes = new Notes();

    Grammar(int maxStates, int parsesBetweenCounts) {
        this.maxStates = maxStates;
        this.parsesBetweenCounts = parsesBetweenCounts;
    }

    /** @param errors what the parser could not read is added to these, while it reads */
    SQLParser parser(String text, List<Object> errors) {
        if (parses.incrementAndGet() % parsesBetweenCounts == 0 && states() > maxStates) {
            notes = new Notes();
        }
        Notes own = notes;
        SQLParser parser = AntlrParser.createSQLParser(wellFormed(text), "script", errors);
        SQLLexer lexer = (SQLLexer) parser.getTokenStream().getTokenSource();
        lexer.setInterpreter(new LexerATNSimulator(lexer, lexer.getATN(), own.lexer, own.contexts));
        parser.setInterpreter(new ParserATNSimulator(parser, parser.getATN(), own.parser, own.contexts));
        return parser;
    }

    /** ANTLR counts half of a surrogate pair as a whole one, and would be off by one behind it. */
    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                repaired = repaired == null ? new StringBuilder(text) : repaired;
                repaired.setCharAt(i, '\uFFFD');
            }
        }
        return repaired == null ? text : repaired.toString();
    }

    /** How much is noted. */
    int states() {
        return notes.states();
    }

    private static final class Notes {
        private final DFA[] lexer = blank(SQLLexer._ATN);
        private final DFA[] parser = blank(SQLParser._ATN);
        private final PredictionContextCache contexts = new PredictionContextCache();

        private static DFA[] blank(ATN grammar) {
            return IntStream.range(0, grammar.getNumberOfDecisions())
                    .mapToObj(decision -> new DFA(grammar.getDecisionState(decision), decision))
                    .toArray(DFA[]::new);
        }

        private int states() {
            return Arrays.stream(parser)
                            .mapToInt(decision -> decision.states.size())
                            .sum()
                    + Arrays.stream(lexer).mapToInt(mode -> mode.states.size()).sum();
        }
    }
}
