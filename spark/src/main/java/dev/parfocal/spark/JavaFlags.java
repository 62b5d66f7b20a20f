package dev.parfocal.spark;

import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/** The options without which Spark does not run on this Java; as a program, prints them, one a line, for {@code ./parfocal}. */
public final class JavaFlags {

    private JavaFlags() {}

    /** Prints them. */
    public static void main(String[] arguments) {
        list().forEach(System.out::println);
    }

    static List<String> list() {
        return List.of(JavaModuleOptions.defaultModuleOptionArray());
    }
}
