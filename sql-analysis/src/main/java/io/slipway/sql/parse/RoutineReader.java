package io.slipway.sql.parse;

import io.slipway.sql.ast.Body;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.RoutineStatement.Volatility;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_actions_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_argumentsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;

/** Functions, procedures and DO blocks. */
final class RoutineReader {
    private final SourceText source;
    private final BodyReader bodies;

    RoutineReader(SourceText source) {
        this.source = source;
        this.bodies = new BodyReader(source);
    }

    Statement create(Create_function_statementContext context) {
        List<Function_actions_commonContext> actions = context.function_actions_common();
        String language = actions.stream()
                .filter(action -> action.LANGUAGE() != null)
                .map(action -> SourceText.identifier(action.lang_name))
                .findFirst()
                .orElse("sql");
        return new RoutineStatement.CreateRoutine(
                source.span(),
                source.name(context.function_parameters().schema_qualified_name()),
                context.PROCEDURE() != null,
                context.REPLACE() != null,
                parameters(context),
                context.rettype_data == null ? null : DataTypeReader.read(source.text(context.rettype_data)),
                language,
                volatility(actions),
                actions.stream().anyMatch(action -> action.DEFINER() != null),
                actions.stream().anyMatch(RoutineReader::setsSearchPath),
                body(context, language));
    }

    private List<DataType> parameters(Create_function_statementContext context) {
        return context.function_parameters().function_args().function_arguments().stream()
                .filter(RoutineReader::isInput)
                .map(argument -> DataTypeReader.read(source.text(argument.data_type())))
                .toList();
    }

    private static boolean isInput(Function_argumentsContext argument) {
        return argument.argmode() == null || argument.argmode().OUT() == null;
    }

    private static Volatility volatility(List<Function_actions_commonContext> actions) {
        if (actions.stream().anyMatch(action -> action.IMMUTABLE() != null)) {
            return Volatility.IMMUTABLE;
        }
        return actions.stream().anyMatch(action -> action.STABLE() != null) ? Volatility.STABLE : Volatility.VOLATILE;
    }

    private static boolean setsSearchPath(Function_actions_commonContext action) {
        var option = action.session_local_option();
        return option != null
                && option.config_param != null
                && SourceText.identifier(option.config_param).equals("search_path");
    }

    private Body body(Create_function_statementContext context, String language) {
        if (context.function_body() != null) {
            return bodies.standard(context.function_body());
        }
        Optional<SconstContext> definition = context.function_actions_common().stream()
                .filter(action -> action.function_def() != null)
                .map(action -> action.function_def().definition)
                .findFirst();
        return definition
                .map(text -> bodies.read(language, text))
                .orElseGet(() -> Body.unknown("it has no body that could be found"));
    }

    Optional<Statement> alter(Alter_function_statementContext context) {
        return context.function_parameters() == null
                ? Optional.empty()
                : Optional.of(new RoutineStatement.AlterRoutine(
                        source.span(), source.name(context.function_parameters().schema_qualified_name())));
    }

    Statement block(Anonymous_blockContext context) {
        List<SconstContext> strings = context.sconst();
        boolean languageFirst = context.identifier() == null
                && strings.size() == 2
                && SourceText.start(strings.getFirst())
                        > context.LANGUAGE().getSymbol().getStartIndex();
        String language = "plpgsql";
        if (context.identifier() != null) {
            language = SourceText.identifier(context.identifier());
        } else if (strings.size() == 2) {
            language = Literal.of(source.text(languageFirst ? strings.getFirst() : strings.getLast()))
                    .content()
                    .toLowerCase(Locale.ROOT);
        }
        return new Statement.AnonymousBlock(
                source.span(), bodies.read(language, languageFirst ? strings.getLast() : strings.getFirst()));
    }
}
