package dev.parfocal.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines for people: on standard error, without time and class, from warnings on. Found by logback as a service. */
public final class LoggingSetup extends ContextAwareBase implements Configurator {

    /** On a terminal a log line takes the place of the progress line. */
    private static final String OVER_PROGRESS = "\r\u001b[K";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern((Boolean.getBoolean("parfocal.terminal") ? OVER_PROGRESS : "") + "%msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        // JavaCPP warns about the openblas version on every start; the pair is chosen on purpose
        // (docs/design-decisions.md).
        context.getLogger("org.bytedeco").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Adds what other libraries log from now on to a file; only Parfocal's own lines stay on standard error. */
    public static void sendOthersTo(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        List<Appender<ILoggingEvent>> here = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(here::add);
        here.forEach(root::detachAppender);
        for (String own : List.of("dev.parfocal", "org.bytedeco")) {
            ch.qos.logback.classic.Logger logger = context.getLogger(own);
            here.forEach(logger::addAppender);
            logger.setAdditive(false);
            logger.setLevel(logger.getLevel() == null ? Level.WARN : logger.getLevel());
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss} %-5level %logger{0}: %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.INFO);
    }
}
