/// How comments, strings and reserved words look in a family of languages.
struct CodeSyntax {
  var lineComments: [[UInt8]] = []
  var blockComment: (open: [UInt8], close: [UInt8])?
  /// Longest first, so that `"""` is not taken for an empty string.
  var quotes: [[UInt8]] = []
  var keywords: Set<String> = []
  var foldsCase = false
  /// Whether a name before a bracket is called.
  var hasCalls = false
  /// Whether lines begin with keys.
  var hasKeys = false
  /// Whether a string before a colon is a key.
  var hasQuotedKeys = false
  /// What begins a variable or a decorator.
  var sigil: UInt8?

  /// The syntax of a language by any of its usual names; nil when it is not known.
  static func of(_ language: String) -> CodeSyntax? {
    switch language {
    case "python", "py", "starlark", "jinja2", "jinja": python
    case "bash", "sh", "shell", "zsh", "console", "fish", "dockerfile", "docker", "makefile",
      "make":
      shell
    case "sql", "postgresql", "mysql", "plsql", "bigquery", "snowflake": sql
    case "yaml", "yml", "toml", "ini", "properties": settings
    case "json", "jsonc", "json5": json
    case "javascript", "js", "jsx", "typescript", "ts", "tsx": script
    case "go", "golang", "java", "kotlin", "scala", "swift", "rust", "rs", "c", "cpp", "c++", "cs",
      "csharp", "hcl", "terraform", "tf":
      braces
    case "ruby", "rb": ruby
    default: nil
    }
  }

  private static func marks(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }
  private static let slashes = (open: Array("/*".utf8), close: Array("*/".utf8))

  private static let python = CodeSyntax(
    lineComments: marks("#"), quotes: marks("\"\"\"", "'''", "\"", "'"),
    keywords: words(
      "and as assert async await break class continue def del elif else except finally for from "
        + "global if import in is lambda None nonlocal not or pass raise return True False try while "
        + "with yield match case"),
    hasCalls: true, sigil: UInt8(ascii: "@"))
  private static let shell = CodeSyntax(
    lineComments: marks("#"), quotes: marks("\"", "'"),
    keywords: words(
      "if then elif else fi for in do done while until case esac function return export local set "
        + "unset source exit trap FROM RUN COPY ADD CMD ENTRYPOINT ENV WORKDIR USER ARG EXPOSE"),
    sigil: UInt8(ascii: "$"))
  private static let sql = CodeSyntax(
    lineComments: marks("--"), blockComment: slashes, quotes: marks("'", "\""),
    keywords: words(
      "select from where group by having order limit offset join left right inner outer full cross "
        + "on using as and or not in is null like between exists union all distinct insert into values "
        + "update set delete create table view index materialized drop alter add column primary key "
        + "foreign references with recursive case when then else end over partition window begin "
        + "commit rollback merge matched grant revoke explain analyze returning if replace"),
    foldsCase: true, hasCalls: true)
  private static let settings = CodeSyntax(
    lineComments: marks("#", ";"), quotes: marks("\"", "'"),
    keywords: words("true false null yes no on off"), hasKeys: true)
  private static let json = CodeSyntax(
    lineComments: marks("//"), blockComment: slashes, quotes: marks("\""),
    keywords: words("true false null"), hasQuotedKeys: true)
  private static let script = CodeSyntax(
    lineComments: marks("//"), blockComment: slashes, quotes: marks("\"", "'", "`"),
    keywords: words(
      "async await break case catch class const continue debugger default delete do else enum export "
        + "extends false finally for from function if implements import in instanceof interface let "
        + "new null of return static super switch this throw true try type typeof undefined var void "
        + "while with yield"), hasCalls: true)
  private static let braces = CodeSyntax(
    lineComments: marks("//"), blockComment: slashes, quotes: marks("\"\"\"", "\"", "`"),
    keywords: words(
      "abstract as async await bool boolean break byte case catch chan char class const continue data "
        + "default defer do double else enum extends extension fallthrough false final finally float "
        + "fn for func go goto guard if impl implements import in init int interface internal is let "
        + "locals long loop map match mod module move mut namespace new nil null object open output "
        + "override package private protected protocol provider pub public range ref resource return "
        + "self short static struct super switch this throw throws trait true try type typedef union "
        + "unsafe use using val var variable virtual void where while yield"), hasCalls: true)
  private static let ruby = CodeSyntax(
    lineComments: marks("#"), quotes: marks("\"", "'", "`"),
    keywords: words(
      "alias and begin break case class def do else elsif end ensure false for if in module next nil "
        + "not or redo rescue retry return self super then true undef unless until when while yield"
    ), hasCalls: true)
}
