package io.loremesh.cli.settings;

import com.sun.source.doctree.TextTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What the {@code @ConfigMapping} interfaces of a source tree say: each setting with its default and its Javadoc. */
final class Settings {
    private record Setting(String module, String name, String value, String meaning) {
        private String row() {
            return "| %s | `%s` | %s | %s |\n".formatted(module, name, value, meaning);
        }
    }

    private final String module;
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final Map<String, ClassTree> groups;
    private final List<Setting> found = new ArrayList<>();

    private Settings(String module, DocTrees docs, CompilationUnitTree unit, ClassTree root) {
        this.module = module;
        this.docs = docs;
        this.unit = unit;
        this.groups = root.getMembers().stream()
                .filter(member -> member.getKind() == Tree.Kind.INTERFACE)
                .map(ClassTree.class::cast)
                .collect(Collectors.toMap(group -> group.getSimpleName().toString(), Function.identity()));
        annotation(root.getModifiers(), "ConfigMapping").ifPresent(prefix -> collect(root, prefix));
    }

    /** A Markdown table of every setting in the modules of a repository, by module and name. */
    static String table(Path root) throws IOException {
        List<Path> modules;
        try (Stream<Path> folders = Files.list(root)) {
            modules = folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .sorted()
                    .toList();
        }
        var table = new StringBuilder("| module | setting | default | meaning |\n|---|---|---|---|\n");
        for (Path module : modules) {
            read(module).stream()
                    .sorted(Comparator.comparing(Setting::name))
                    .map(Setting::row)
                    .forEach(table::append);
        }
        return table.toString();
    }

    private static List<Setting> read(Path module) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith("Config.java"))
                    .toList();
        }
        var settings = new ArrayList<Setting>();
        if (sources.isEmpty()) {
            return settings;
        }
        String name = module.getFileName().toString().replace("-service", "");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    settings.addAll(new Settings(name, DocTrees.instance(task), unit, (ClassTree) type).found);
                }
            }
        }
        return settings;
    }

    private void collect(ClassTree type, String prefix) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                String name = prefix + "." + kebabCase(method.getName().toString());
                ClassTree group = groups.get(method.getReturnType().toString());
                if (group == null) {
                    found.add(new Setting(module, name, defaultOf(method), meaningOf(method)));
                } else {
                    collect(group, name);
                }
            }
        }
    }

    private static String defaultOf(MethodTree method) {
        return annotation(method.getModifiers(), "WithDefault")
                .map(value -> "`" + value + "`")
                .orElse("–");
    }

    private String meaningOf(MethodTree method) {
        var comment = docs.getDocCommentTree(TreePath.getPath(unit, method));
        return comment == null
                ? ""
                : comment.getFullBody().stream()
                        .map(part -> part instanceof TextTree text ? text.getBody() : part.toString())
                        .collect(Collectors.joining())
                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                        .replaceAll("\\s+", " ")
                        .replace("|", "\\|")
                        .strip();
    }

    /** The first value of an annotation, or empty where it is absent. */
    private static Optional<String> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .map(annotation -> annotation.getArguments().getFirst())
                .map(argument -> argument instanceof AssignmentTree named ? named.getExpression() : argument)
                .map(value -> ((LiteralTree) value).getValue().toString())
                .findFirst();
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
